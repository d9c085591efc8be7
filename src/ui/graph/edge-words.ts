import { formatCompact } from '../../base/format.ts';
import { progress, returnedLine } from '../../trajectory/derive/reading.ts';
import type { RunState } from '../../trajectory/run-state.ts';
import type { Piece } from './graph-model.ts';
import { firstWords } from './row-text.ts';

/** What an edge says: what was sent while it waits, what came back once it has. */
export interface EdgeWords {
  readonly way: 'sent' | 'back';
  readonly text: string;
}

const LABEL_CHARS = 11;

export function edgeWords(state: RunState, piece: Piece): EdgeWords {
  const ids = piece.kind === 'strip' ? piece.calls : [piece.call];
  const { open, back, failed } = progress(state, ids);
  if (open > 0) {
    const characters = ids.reduce((sum, id) => {
      const call = state.calls.get(id);
      return sum + (call ? (call.contextChars ?? call.prompt.length) : 0);
    }, 0);
    return { way: 'sent', text: `${formatCompact(characters)} sent` };
  }
  if (piece.kind === 'strip') {
    return { way: 'back', text: failed > 0 ? `${back} of ${ids.length}` : `${back} replies` };
  }
  const call = state.calls.get(piece.call);
  if (call?.status === 'failed' || call?.status === 'cut') return { way: 'back', text: 'nothing' };
  const line = call === undefined ? null : returnedLine(call);
  return { way: 'back', text: line === null || line === '' ? 'nothing' : firstWords(line, LABEL_CHARS) };
}
