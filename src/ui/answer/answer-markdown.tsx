import { useMemo, type ComponentProps } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import styles from './answer-markdown.module.css';
import { useCitations } from './citations.tsx';
import { CitedWords } from './cited-words.tsx';
import { markCitations } from './mark-citations.ts';
import { markDirections } from './mark-directions.ts';
import { safeLink } from './safe-link.ts';
import { markTables } from './table-shape.ts';

interface CiteData {
  readonly 'data-index'?: string;
  readonly 'data-last'?: string;
}

type WithNode<T> = T & { readonly node?: unknown };

/** What a model wrote may name any address: nothing is fetched, and a link shows where it leads. */
const COMPONENTS: Components = {
  a({ href, children }: WithNode<ComponentProps<'a'>>) {
    const link = safeLink(href);
    if (link === null) return <span>{children}</span>;
    return (
      <a href={link} title={link} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    );
  },
  cite({ children, ...rest }: WithNode<ComponentProps<'cite'>> & CiteData) {
    return (
      <CitedWords index={Number(rest['data-index'])} last={rest['data-last'] === 'true'}>
        {children}
      </CitedWords>
    );
  },
  img({ src, alt }: WithNode<ComponentProps<'img'>>) {
    return (
      <span className={styles.image}>
        Image, not loaded: {alt ? `${alt}, ` : ''}
        {typeof src === 'string' ? src : 'no address'}
      </span>
    );
  },
  input({ checked }: WithNode<ComponentProps<'input'>>) {
    return <span>{checked ? '☑ ' : '☐ '}</span>;
  },
  table({ node: _, ...rest }: WithNode<ComponentProps<'table'>>) {
    return (
      <div className={styles.table}>
        <table {...rest} />
      </div>
    );
  },
  // The page has its own first and second level.
  h1: ({ children }: WithNode<ComponentProps<'h1'>>) => <h3 dir="auto">{children}</h3>,
  h2: ({ children }: WithNode<ComponentProps<'h2'>>) => <h3 dir="auto">{children}</h3>,
  h3: ({ children }: WithNode<ComponentProps<'h3'>>) => <h4 dir="auto">{children}</h4>,
  h4: ({ children }: WithNode<ComponentProps<'h4'>>) => <h5 dir="auto">{children}</h5>,
};

const HEADLINE: Components = {
  ...COMPONENTS,
  p: ({ children }: WithNode<ComponentProps<'p'>>) => <>{children}</>,
};

const REMARK = [remarkGfm];

interface AnswerMarkdownProps {
  readonly text: string;
  /** Set as one line of inline Markdown, for headlines. */
  readonly inline?: boolean;
}

/** Markdown of a model, without raw HTML: what is not Markdown shows as it was written. */
export function AnswerMarkdown({ text, inline = false }: AnswerMarkdownProps) {
  const citations = useCitations();
  const rehype = useMemo(() => {
    const wanted = citations.map(({ citation }, index) => ({ index, quote: citation.quote }));
    return [markTables, markDirections, markCitations(wanted)];
  }, [citations]);
  const markdown = (
    <Markdown
      remarkPlugins={REMARK}
      rehypePlugins={rehype}
      components={inline ? HEADLINE : COMPONENTS}
      // Addresses pass untouched so that they can be shown; `safeLink` decides what is a link.
      urlTransform={(url) => url}
    >
      {text}
    </Markdown>
  );
  return inline ? (
    <span className={styles.inline}>{markdown}</span>
  ) : (
    <div className={styles.text}>{markdown}</div>
  );
}
