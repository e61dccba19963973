import { Maximize2, X } from 'lucide-react';
import { useId } from 'react';
import { paths } from '../../lib/paths.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Modal } from '../../ui/dialog.tsx';
import { ExplanationView } from './explanation-view.tsx';
import { useExplanation, useFigureLinks, useOpenPanel } from './use-explained.ts';

/** What a figure is made of, beside the page that shows it. Stands once in the frame, and hears of every figure. */
export function ExplainPanel() {
  useFigureLinks();
  const { query, isOpen, close } = useOpenPanel();
  const titleId = useId();
  return (
    <Modal isOpen={isOpen} onClose={close} labelledBy={titleId} className="explain-panel">
      {query !== null && <Content query={query} titleId={titleId} onClose={close} />}
    </Modal>
  );
}

interface ContentProps {
  query: string;
  titleId: string;
  onClose: () => void;
}

function Content({ query, titleId, onClose }: ContentProps) {
  const { data, error } = useExplanation(query);
  const icon = buttonClass({ variant: 'quiet', size: 'small', iconOnly: true });
  const href = paths.explain(query);
  return (
    <>
      <header className="explain-head">
        <h2 id={titleId} className="min-w-0 flex-1 text-md">
          {data?.explanation.title ?? (error === null ? 'How it is made' : 'Nothing to show')}
        </h2>
        <CopyButton label="Copy link" value={new URL(href, location.href).href} />
        <a href={href} className={icon} aria-label="Open full page" title="Open full page">
          <Maximize2 aria-hidden="true" />
        </a>
        <Button
          variant="quiet"
          size="small"
          iconOnly
          aria-label="Close"
          title="Close (Esc)"
          onClick={onClose}
        >
          <X aria-hidden="true" />
        </Button>
      </header>
      <div className="explain-body" aria-busy={!data && error === null} aria-live="polite">
        {data ? (
          <ExplanationView explanation={data.explanation} query={query} isLazy />
        ) : (
          <p className="text-muted">{error ?? 'Looking up what it is made of…'}</p>
        )}
      </div>
    </>
  );
}
