import type { Package } from '../../archive/open-package.ts';
import { attribute, parseMarkup } from './parse-markup.ts';

/** How a part of an office file refers to another. */
export interface Relation {
  readonly id: string;
  /** The last word of its type: `slide`, `notesSlide`, `header`. */
  readonly type: string;
  /** The path of the part in the package. */
  readonly path: string;
}

/**
 * What a part refers to inside its package; addresses outside are left out. Empty where there is
 * nothing about it.
 */
export async function relationsOf(
  parts: Pick<Package, 'text'>,
  path: string,
  signal: AbortSignal,
): Promise<readonly Relation[]> {
  const slash = path.lastIndexOf('/') + 1;
  const xml = await parts.text(`${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`);
  if (xml === null) return [];
  const relations: Relation[] = [];
  await parseMarkup(
    [xml],
    {
      open(name, attributes) {
        const target = attribute(attributes, 'Target');
        if (name !== 'Relationship' || target === undefined) return;
        if (attribute(attributes, 'TargetMode')?.toLowerCase() === 'external') return;
        relations.push({
          id: attribute(attributes, 'Id') ?? '',
          type: (attribute(attributes, 'Type') ?? '').replace(/^.*\//, ''),
          path: resolvePath(path, target),
        });
      },
      close() {},
      text() {},
    },
    { syntax: 'xml', signal },
  );
  return relations;
}

/** The path in a package that `target` means in the part `from`; never above the package's root. */
export function resolvePath(from: string, target: string): string {
  const path: string[] = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
}
