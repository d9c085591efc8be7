import { Play, StepForward } from 'lucide-react';
import type { Waiting } from '../../trajectory/derive/waiting.ts';
import { useCommands } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { Panel } from './panel.tsx';

type Undecided = Extract<Waiting, { readonly for: 'turn' | 'provider' | 'sub-calls' }>;

/** A run that stands still: why, and the ways to go on. */
export function Decision({ waiting }: { readonly waiting: Undecided }) {
  const { steer } = useCommands();
  switch (waiting.for) {
    case 'turn':
      return (
        <Panel title="Paused" words={`Turn ${waiting.turn} is over. Nothing is asked before you go on.`}>
          <Button kind="lacquer" size="form" icon={Play} onClick={() => steer({ do: 'go-on' })}>
            Continue
          </Button>
          <Button size="form" icon={StepForward} onClick={() => steer({ do: 'step' })}>
            Next turn
          </Button>
        </Panel>
      );
    case 'provider':
      return (
        <Panel title="The provider does not answer" words={waiting.message} urgent>
          <Button kind="lacquer" size="form" onClick={() => steer({ do: 'go-on' })}>
            Try again
          </Button>
          <Button size="form" onClick={() => steer({ do: 'decline' })}>
            Give up
          </Button>
        </Panel>
      );
    case 'sub-calls':
      return (
        <Panel title="Many small sub-calls" words={waiting.message} urgent>
          <Button kind="lacquer" size="form" onClick={() => steer({ do: 'go-on' })}>
            Let it call
          </Button>
          <Button size="form" onClick={() => steer({ do: 'decline' })}>
            Refuse
          </Button>
        </Panel>
      );
  }
}
