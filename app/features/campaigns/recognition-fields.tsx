import type { FormFailure } from '../../bridge/forms.server.ts';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type RecognitionField, recognitionFields } from './recognition.ts';

const words = {
  hashtags: { label: 'Hashtags', hint: 'Posts that bear one are recognised: #glow, #glowsummer' },
  mentions: { label: 'Mentions', hint: 'Handles that posts name: @glow.beauty' },
  links: { label: 'Links', hint: 'Addresses that posts link to: glow.com/summer' },
  categories: {
    label: 'Categories',
    hint: 'What is advertised, checked against exclusivity: beauty, skin care',
  },
  competitors: { label: 'Competitors', hint: 'Whom an exclusivity would name' },
  territories: { label: 'Countries', hint: 'By their two letters: AE, SA. None is everywhere' },
} as const satisfies Record<RecognitionField, { label: string; hint: string }>;

export interface RecognitionFieldsProps {
  /** What the lines show. */
  words: Readonly<Record<RecognitionField, string>>;
  failure: FormFailure | undefined;
}

/** How the campaign's posts are recognised, and what creators' exclusivity is checked against. */
export function RecognitionFields({ words: shown, failure }: RecognitionFieldsProps) {
  return (
    <Panel
      title="Creators and their posts"
      description="A post of an assigned creator within its days is recognised by any of the first three. Put commas between several."
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {recognitionFields.map((name) => (
          <Field
            key={name}
            name={name}
            label={words[name].label}
            hint={words[name].hint}
            error={errorOf(failure?.fields, name)}
          >
            {(control) => (
              <Input
                {...control}
                defaultValue={shown[name]}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
              />
            )}
          </Field>
        ))}
      </div>
    </Panel>
  );
}

/** An error of one of several words stands at their field. */
function errorOf(errors: Readonly<Record<string, string>> | undefined, name: string): string[] {
  return Object.entries(errors ?? {}).flatMap(([path, message]) =>
    path === name || path.startsWith(`${name}.`) ? [message] : [],
  );
}
