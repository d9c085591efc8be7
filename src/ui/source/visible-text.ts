/** What would move, hide or turn around other text: controls but the tab, and overrides of direction. */
const UNSAFE = /[\0-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e]/g;

/** A text as it may be shown: each sign that would do something else is a picture of it, as long as it. */
export const visibleText = (text: string): string =>
  text.replace(UNSAFE, (sign) => {
    const code = sign.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\u2426';
  });

/** A line as it is shown: the carriage return of a Windows line end is no sign of its own. */
export const visibleLine = (text: string): string => visibleText(text.endsWith('\r') ? text.slice(0, -1) : text);
