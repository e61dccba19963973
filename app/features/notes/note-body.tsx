import Markdown, { type MarkdownToJSX } from 'markdown-to-jsx/react';
import { createContext, type ReactNode, useContext } from 'react';
import type { Note } from '../../../server/domain/notes/schema.ts';

/** The ids that are really members: any other mention is the text that it is. */
const Mentioned = createContext<ReadonlySet<string>>(new Set());

const USER = /^user:([0-9a-f-]{36})$/i;

/** Addresses that may become links. Everything else (javascript:, data:, paths of our own) is words. */
function keepAddress(value: string): string | null {
  return /^(https?:\/\/|mailto:)/i.test(value) || USER.test(value) ? value : null;
}

function NoteLink({ href, children }: { href?: string; children?: ReactNode }) {
  const mentioned = useContext(Mentioned);
  const userId = USER.exec(href ?? '')?.[1]?.toLowerCase();
  if (userId !== undefined) {
    return mentioned.has(userId) ? <span className="mention">{children}</span> : <>{children}</>;
  }
  if (!href) return <>{children}</>;
  return (
    <a href={href} className="link" rel="noopener noreferrer nofollow" target="_blank">
      {children}
    </a>
  );
}

/** Nothing is fetched from elsewhere because a note was opened: a picture is a link to it. */
function NoteImage({ src, alt }: { src?: string; alt?: string }) {
  return <NoteLink {...(src ? { href: src } : {})}>{alt ?? src ?? ''}</NoteLink>;
}

/** The page has headings of its own. */
function NoteHeading({ children }: { children?: ReactNode }) {
  return <p className="note-heading">{children}</p>;
}

/** Without the alignment, which would be an inline style. */
function NoteCell({ children }: { children?: ReactNode }) {
  return <td>{children}</td>;
}

function NoteHeadCell({ children }: { children?: ReactNode }) {
  return <th scope="col">{children}</th>;
}

/** A list's box is a sign in a text, not a control. */
function NoteBox({ checked }: { checked?: boolean }) {
  return <span>{checked ? '☑ ' : '☐ '}</span>;
}

const options = {
  disableParsingRawHTML: true,
  disableFrontmatter: true,
  forceBlock: true,
  wrapper: 'div',
  wrapperProps: { className: 'note-body' },
  forceWrapper: true,
  sanitizer: keepAddress,
  overrides: {
    a: NoteLink,
    img: NoteImage,
    h1: NoteHeading,
    h2: NoteHeading,
    h3: NoteHeading,
    h4: NoteHeading,
    h5: NoteHeading,
    h6: NoteHeading,
    td: NoteCell,
    th: NoteHeadCell,
    input: NoteBox,
  },
} as MarkdownToJSX.Options;

/** What a note says: its Markdown as elements of ours. No HTML of its author's ever reaches the page. */
export function NoteBody({ note }: { note: Pick<Note, 'content' | 'mentions'> }) {
  const mentioned = new Set(note.mentions.map(({ userId }) => userId));
  return (
    <Mentioned.Provider value={mentioned}>
      <Markdown options={options}>{note.content}</Markdown>
    </Mentioned.Provider>
  );
}
