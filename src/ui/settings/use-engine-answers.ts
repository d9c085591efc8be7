import { useEffect, useMemo, useState } from 'react';
import type { RunSettings } from '../../trajectory/settings.ts';
import type { KeyState, ModelFacts, PromptPreview, PromptProfile, PromptRequest } from '../../worker/protocol.ts';
import { readyDocuments } from '../../state/library-store.ts';
import { useApp, useCommands } from '../app-context.tsx';
import { checkBaseUrl } from './check-base-url.ts';

/** What is being typed is asked about when the typing rests. */
const REST_MS = 250;

/** Whether the engine holds a key for the address, once it is one; null while unknown. */
export function useKeyState(baseUrl: string, needed: boolean, version: boolean): KeyState | null {
  const commands = useCommands();
  const [state, setState] = useState<{ readonly url: string; readonly key: KeyState } | null>(null);
  const url = baseUrl.trim().replace(/\/+$/, '');
  const ask = needed && checkBaseUrl(url) === null;
  useEffect(() => {
    if (!ask) return undefined;
    let current = true;
    commands.keyState(url).then(
      (key) => current && setState({ url, key }),
      // A worker that cannot say keeps the field empty, which is what to do anyway.
      () => current && setState(null),
    );
    return () => {
      current = false;
    };
  }, [ask, url, version, commands]);
  return ask && state?.url === url ? state.key : null;
}

export interface BothFacts {
  readonly root: ModelFacts;
  readonly sub: ModelFacts;
}

/** What is known of the models of these settings; null until that is said, and where it cannot be. */
export function useModelFacts(settings: RunSettings): BothFacts | null {
  const commands = useCommands();
  const [known, setKnown] = useState<{ readonly about: string; readonly facts: BothFacts } | null>(null);
  const { provider, baseUrl, rootModel, subModel, prices, windowTokens } = settings;
  const about = JSON.stringify({ provider, baseUrl, rootModel, subModel, prices, windowTokens });
  // Equal text is an equal question: every key press makes settings anew.
  // oxlint-disable-next-line react/exhaustive-deps
  const asked = useMemo(() => settings, [about]);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      commands.modelFacts(asked).then(
        (facts) => current && setKnown({ about, facts }),
        () => current && setKnown(null),
      );
    }, REST_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [about, asked, commands]);
  return known?.about === about ? known.facts : null;
}

/** The built-in profiles of prompts; null until they are there. */
export function usePromptProfiles(): readonly PromptProfile[] | null {
  const commands = useCommands();
  const [profiles, setProfiles] = useState<readonly PromptProfile[] | null>(null);
  useEffect(() => {
    let current = true;
    commands.promptProfiles().then(
      (list) => current && setProfiles(list),
      () => current && setProfiles([]),
    );
    return () => {
      current = false;
    };
  }, [commands]);
  return profiles;
}

export type Preview =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly request: PromptRequest; readonly preview: PromptPreview }
  | { readonly state: 'failed'; readonly message: string };

/** What a run with these settings would send first, on the documents and the question that are on the desk. */
export function usePromptPreview(settings: RunSettings, method: string): Preview {
  const { commands, desk, library } = useApp();
  const [preview, setPreview] = useState<Preview>({ state: 'loading' });
  const about = JSON.stringify(settings);
  // oxlint-disable-next-line react/exhaustive-deps
  const asked = useMemo(() => settings, [about]);
  useEffect(() => {
    let current = true;
    const documents = readyDocuments(library.getState()).map(({ info }) => info);
    const request = { settings: asked, method, question: desk.getState().question.trim(), documents };
    commands.previewPrompt(request).then(
      (ready) => current && setPreview({ state: 'ready', request, preview: ready }),
      (reason: unknown) =>
        current && setPreview({ state: 'failed', message: reason instanceof Error ? reason.message : String(reason) }),
    );
    return () => {
      current = false;
    };
  }, [asked, method, commands, desk, library]);
  return preview;
}
