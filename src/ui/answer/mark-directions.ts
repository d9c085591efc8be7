import { type AnswerNode, BLOCKS } from './mark-citations.ts';

/** Has each block of an answer run the way its own words do. */
export const markDirections =
  () =>
  (tree: AnswerNode): void => {
    const open: AnswerNode[] = [tree];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.tagName !== undefined && BLOCKS.has(node.tagName)) node.properties = { ...node.properties, dir: 'auto' };
      open.push(...(node.children ?? []));
    }
  };
