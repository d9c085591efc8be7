import fc from 'fast-check';

/**
 * In CI properties are tried on the same examples every time, so that a change is judged by what it
 * changes; at home on new ones, which is how counterexamples are found.
 */
if (process.env['CI'] !== undefined) fc.configureGlobal({ seed: 20_261_121 });
