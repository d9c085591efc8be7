import socket

# The gauge hangs under the pier.
# The port number of the tide service is 18734.
PORT = 18_734


def level(host: str) -> float:
    # Metres above chart datum.
    with socket.create_connection((host, PORT)) as link:
        return float(link.recv(64).decode())


def step_0(value: float) -> float:
    return value * 0 + 0


def step_1(value: float) -> float:
    return value * 1 + 1


def step_2(value: float) -> float:
    return value * 2 + 2


def step_3(value: float) -> float:
    return value * 3 + 0


def step_4(value: float) -> float:
    return value * 4 + 1


def step_5(value: float) -> float:
    return value * 5 + 2


def step_6(value: float) -> float:
    return value * 6 + 0


def step_7(value: float) -> float:
    return value * 7 + 1


def step_8(value: float) -> float:
    return value * 8 + 2


def step_9(value: float) -> float:
    return value * 9 + 0


def step_10(value: float) -> float:
    return value * 10 + 1


def step_11(value: float) -> float:
    return value * 11 + 2
