import { describe, expect, it } from 'vitest';
import { Session } from './session.ts';
it('x', async () => {
  const s = await Session.open({ single: true, documents: [{name:'a',kind:'text',chars:5,lines:1}], texts: ['héllo'] }, { memoryBytes: 2**28, wasm: null, printing: 'notebook' });
  const b = { calls: 1, tokens: null, usd: 1, turns: 2, seconds: 3 };
  const host = { print: (t: string) => console.log(JSON.stringify(t)), query: async (q: any) => { console.log(q); return { ok: true as const, text: 'reply', budget: b } } };
  const run = async (code: string) => console.log(code, await s.run({ code, cpuMs: 1000, budget: b }, host, new AbortController().signal));
  await run('const a = [1,2,3]; print(context, documents, a); a');
  await run('const r = llm_query("hi"); print("before", r); print("after"); budget()');
  await run('`${r} x`');
  await run('nope.x');
  await run('1 +');
  await run('for(;;){}');
  await run('SHOW_VARS()');
  await run('FINAL({a})');
});
