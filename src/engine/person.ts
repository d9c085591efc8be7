import type { PriceEstimate } from '../models/port.ts';
import { PERSON_MODEL } from '../trajectory/person.ts';
import type { Ports } from './engine.ts';
import type { Line } from './limiter.ts';
import type { Waits } from './waits.ts';

/** The ports of a run whose root may be a person: their replies cost nothing, and their time is not the run's. */
export function withPerson({ model, price }: Pick<Ports, 'model' | 'price'>, waits: Waits): Pick<Ports, 'model' | 'price'> {
  return {
    price: priceWithPerson(price),
    model: {
      async complete(request, on, signal) {
        if (request.model !== PERSON_MODEL) return model.complete(request, on, signal);
        const end = waits.begin();
        try {
          return await model.complete(request, on, signal);
        } finally {
          end();
        }
      },
    },
  };
}

/** `price`, and nothing for a reply that a person writes. */
export function priceWithPerson(price: PriceEstimate): PriceEstimate {
  return (name, input, output) => (name === PERSON_MODEL ? 0 : price(name, input, output));
}

/** What a person writes goes to no endpoint: it waits for none, and tells nothing of one. */
export const PERSON_LINE: Line = {
  send: (work) => work(() => {}),
  again: () => Promise.resolve(null),
  close() {},
};
