import { Callout } from '../../ui/callout.tsx';

/** What a decision over several posts came to, and why some were left. */
export function DecidedCallout({
  decided: { message, reasons },
}: {
  decided: { message: string; reasons: string[] };
}) {
  return (
    <div className="px-4 pt-3">
      <Callout tone={reasons.length > 0 ? 'warning' : 'success'} title={message} isAnswer>
        {reasons.length > 0 && (
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
      </Callout>
    </div>
  );
}
