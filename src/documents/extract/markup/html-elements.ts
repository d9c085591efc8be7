/** Elements whose text people do not see. */
export const SKIPPED: ReadonlySet<string> = new Set([
  'annotation',
  'annotation-xml',
  'applet',
  'audio',
  'canvas',
  'datalist',
  'defs',
  'embed',
  'iframe',
  'metadata',
  'noembed',
  'noframes',
  'noscript',
  'object',
  'rp',
  'script',
  'style',
  'template',
  'video',
]);

/** Blocks with an empty line before and after. */
export const BLOCKS: ReadonlySet<string> = new Set([
  'article',
  'blockquote',
  'dl',
  'fieldset',
  'figure',
  'hr',
  'main',
  'p',
  'section',
]);

/** Blocks that begin on a line of their own. */
export const LINES: ReadonlySet<string> = new Set([
  'address',
  'aside',
  'body',
  'caption',
  'center',
  'dd',
  'details',
  'dialog',
  'div',
  'dt',
  'figcaption',
  'footer',
  'form',
  'header',
  'hgroup',
  'html',
  'legend',
  'nav',
  'optgroup',
  'option',
  'search',
  'summary',
]);

/** Inline elements that stand apart from their neighbours. */
export const PARTED: ReadonlySet<string> = new Set(['button', 'input', 'select', 'text', 'tspan', 'desc']);
