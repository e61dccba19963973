import { useState, type DragEvent, type InputHTMLAttributes } from 'react';

export interface FileDropProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  /** What may be dropped: "Drop a CSV file here, or choose one". */
  prompt: string;
  /** Limits, in words: "Up to 50 MB, UTF-8 or Windows-1252". */
  limits?: string;
}

/**
 * A native file input on a wide target. The browser itself takes a drop on the input; the script lets the whole box
 * take it, and names what was chosen.
 */
export function FileDrop({ prompt, limits, onChange, ...input }: FileDropProps) {
  const [isDragging, setIsDragging] = useState(false);
  const drop = (event: DragEvent<HTMLDivElement>) => {
    event.preventDefault();
    setIsDragging(false);
    const field = event.currentTarget.querySelector('input');
    if (!field || event.dataTransfer.files.length === 0) return;
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  };
  return (
    <div
      className="file-drop"
      data-dragging={isDragging}
      onDragOver={(event) => {
        event.preventDefault();
        setIsDragging(true);
      }}
      onDragLeave={() => setIsDragging(false)}
      onDrop={drop}
    >
      <p className="font-medium">{prompt}</p>
      {limits && <p className="pb-2 text-sm text-muted">{limits}</p>}
      <input type="file" {...(onChange && { onChange })} {...input} />
    </div>
  );
}
