import { PERSON_MODEL } from '../trajectory/person.ts';
import type { Ports } from './engine.ts';
import type { Waits } from './waits.ts';

/** The ports of a run whose root may be a person: their replies cost nothing, and their time is not the run's. */
export function withPerson({ model, price }: Pick<Ports, 'model' | 'price'>, waits: Waits): Pick<Ports, 'model' | 'price'> {
  return {
    price: (name, input, output) => (name === PERSON_MODEL ? 0 : price(name, input, output)),
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
