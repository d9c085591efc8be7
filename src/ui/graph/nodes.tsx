import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo, type ReactNode } from 'react';
import { DollFrame } from './doll-frame.tsx';
import { DollHead, DollRows } from './doll-rows.tsx';
import type { Doll, Reply as ReplyPiece, Strip as StripPiece } from './graph-model.ts';
import { Reply } from './reply.tsx';
import { useRun } from './run-context.tsx';
import { Strip } from './strip.tsx';

export type DollNode = Node<{ readonly piece: Doll }, 'doll'>;
export type StripNode = Node<{ readonly piece: StripPiece; readonly depth: number }, 'strip'>;
export type ReplyNode = Node<{ readonly piece: ReplyPiece }, 'reply'>;
export type GraphNode = DollNode | StripNode | ReplyNode;

/** React Flow finds edges by handles in the page; ours are drawn from the layout, so they stay unseen. */
function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}

// A node draws the fold at the playhead; React Flow keeps those that have the same data and place.
const DollNodeView = memo(function DollNodeView({ data, selected }: NodeProps<DollNode>): ReactNode {
  const state = useRun(({ view }) => view);
  const call = state.calls.get(data.piece.call);
  if (!call) return null;
  return (
    <>
      <Ends />
      <DollFrame depth={call.depth} shells={data.piece.shells} selected={selected}>
        <DollHead state={state} call={call} />
        <DollRows state={state} call={call} doll={data.piece} />
      </DollFrame>
    </>
  );
});

const StripNodeView = memo(function StripNodeView({ data }: NodeProps<StripNode>): ReactNode {
  const state = useRun(({ view }) => view);
  return (
    <>
      <Ends />
      <Strip state={state} strip={data.piece} depth={data.depth} />
    </>
  );
});

const ReplyNodeView = memo(function ReplyNodeView({ data }: NodeProps<ReplyNode>): ReactNode {
  const state = useRun(({ view }) => view);
  const call = state.calls.get(data.piece.call);
  if (!call) return null;
  return (
    <>
      <Ends />
      <Reply state={state} call={call} />
    </>
  );
});

export const NODE_TYPES = { doll: DollNodeView, strip: StripNodeView, reply: ReplyNodeView };
