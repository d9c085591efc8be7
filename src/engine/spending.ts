import type { Usage } from '../trajectory/events.ts';
import type { Spending } from '../trajectory/run-state.ts';
import type { ModelReply } from '../models/port.ts';

const NO_USAGE: Usage = { input: 0, cachedInput: 0, output: 0, reasoning: 0 };
export const NO_SPENDING: Spending = { usage: NO_USAGE, costUsd: 0 };

/** `total` with one reply more; a cost that is unknown once stays unknown. */
export function addReply(total: Spending, reply: Pick<ModelReply, 'usage' | 'costUsd'>): Spending {
  const { usage, costUsd } = total;
  const estimated = usage.estimated === true || reply.usage.estimated === true;
  return {
    usage: {
      input: usage.input + reply.usage.input,
      cachedInput: usage.cachedInput + reply.usage.cachedInput,
      output: usage.output + reply.usage.output,
      reasoning: usage.reasoning + reply.usage.reasoning,
      ...(estimated && { estimated }),
    },
    costUsd: costUsd === null || reply.costUsd === null ? null : costUsd + reply.costUsd,
  };
}
