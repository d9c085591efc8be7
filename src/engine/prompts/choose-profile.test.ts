import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type RunSettings } from '../../trajectory/settings.ts';
import { chooseProfile } from './choose-profile.ts';

const choose = (model: string, more: Partial<RunSettings> = {}, reach: 'none' | 'plain' | 'recursive' = 'plain', listed: number | null = null) => {
  const { profile, by } = chooseProfile({ ...DEFAULT_SETTINGS, rootModel: model, ...more }, model, reach, listed);
  return `${profile.id} by ${by}`;
};

describe('the profile', () => {
  it.each([
    'qwen3-coder', 'Qwen/Qwen3-Coder-480B-A35B-Instruct', 'qwen/qwen3-coder:free', 'qwen3-coder:30b', 'qwen2.5-coder:32b', 'qwen3-coder-30b-a3b',
  ])('of %s is cautious batching', (model) => expect(choose(model)).toBe('batching by model'));

  it.each([
    'qwen3:8b', 'Qwen/Qwen3-8B', 'qwen2.5-coder:7b', 'phi-4', 'phi4:latest', 'microsoft/phi-3-mini', 'gemma2:9b', 'gemma-3n-e4b-it', 'gemma3:4b',
    'llama3.1', 'llama3.2:latest', 'meta-llama/Llama-3.2-3B-Instruct', 'llama-3.1-8b-instant', 'llama-3.2-1b', 'smollm2',
  ])('of %s is that of a small window', (model) => expect(choose(model)).toBe('small-window by model'));

  it.each([
    'offline-demo', 'gpt-5', 'gpt-4o-mini', 'claude-sonnet-4-5', 'gemini-2.5-flash', 'llama-3.3-70b', 'llama3.3', 'mixtral-8x7b', 'qwen3-30b-a3b',
    'deepseek-chat', 'gemma3:27b', 'morphic-2', 'mistral-small-24b', 'you',
  ])('of %s is the default', (model) => expect(choose(model)).toBe('default by structure'));

  it('goes by the window that the person says before the name, and by a listed one that is small', () => {
    expect(choose('anything', { windowTokens: 32_768 })).toBe('small-window by model');
    expect(choose('qwen3:8b', { windowTokens: 131_072 })).toBe('default by structure');
    expect(choose('anything', {}, 'plain', 16_000)).toBe('small-window by model');
    expect(choose('qwen3:8b', {}, 'plain', 131_072)).toBe('small-window by model');
    expect(choose('offline-demo', { windowTokens: 8_000 })).toBe('default by structure');
  });

  it('takes the window in the settings for the root model only', () => {
    const settings = { ...DEFAULT_SETTINGS, rootModel: 'root', subModel: 'sub', windowTokens: 8_000 };
    expect(chooseProfile(settings, 'sub', 'recursive').profile.id).toBe('recursive');
  });

  it('is recursive where there are children, unless the model wants another', () => {
    expect(choose('gpt-5', {}, 'recursive')).toBe('recursive by structure');
    expect(choose('qwen3-coder', {}, 'recursive')).toBe('batching by model');
  });

  it('is the person’s where the call can do what it speaks of', () => {
    expect(choose('gpt-5', { profile: 'batching' })).toBe('batching by person');
    expect(choose('gpt-5', { profile: 'no-sub-calls' })).toBe('no-sub-calls by person');
    expect(choose('qwen3-coder', { profile: 'default' })).toBe('default by person');
    expect(choose('gpt-5', { profile: 'recursive' })).toBe('default by structure');
    expect(choose('gpt-5', { profile: 'recursive' }, 'recursive')).toBe('recursive by person');
    expect(choose('gpt-5', { profile: 'batching' }, 'none')).toBe('no-sub-calls by structure');
    expect(choose('qwen3-coder', { profile: 'auto' })).toBe('batching by model');
    expect(choose('gpt-5', { profile: 'of a later version' })).toBe('default by structure');
  });
});
