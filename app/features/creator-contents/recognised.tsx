import type { RecognisedPost } from '../../../server/domain/creator-contents/schema.ts';
import { platformLabels } from '../../../server/domain/creators/fields.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type RecordChoice, RecordPicker } from '../records/record-picker.tsx';
import { contentTypeLabels } from './labels.ts';

export interface AskForAddressProps {
  url: string;
  /** Why the address is no post's; null where none was sent. */
  error: string | null;
  creator: RecordChoice | null;
}

/** The first of two steps: the address says the network, and often whose post it is. */
export function AskForAddress({ url, error, creator }: AskForAddressProps) {
  return (
    <Panel className="max-w-200" title="Where is it?">
      <form method="get" action={paths.newCreatorContent()} className="grid gap-4">
        {creator && <input type="hidden" name="creatorId" value={creator.id} />}
        <Field
          name="url"
          label="Address of the post"
          hint="As you copied it from the network: Instagram, TikTok, YouTube, X, LinkedIn, Snapchat, Pinterest, Twitch or Facebook."
          required
          error={error ?? undefined}
        >
          {(control) => <Input {...control} defaultValue={url} autoComplete="off" spellCheck={false} />}
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary">
            Continue
          </Button>
          <LinkButton href={paths.creatorContents()}>Cancel</LinkButton>
        </div>
      </form>
    </Panel>
  );
}

export interface RecognisedPanelProps {
  url: string;
  post: RecognisedPost;
  creator: RecordChoice | null;
  choices: readonly RecordChoice[];
  accounts: readonly { creatorPlatformId: string; handle: string }[];
  failure: FormFailure | undefined;
}

/** What the address told, and whose post it is. */
export function RecognisedPanel({ url, post, creator, choices, accounts, failure }: RecognisedPanelProps) {
  const { platform, type, handle, creatorContentId } = post;
  const typed = failure?.values.creatorId;
  const picked = typed ? ([...choices, creator].find((one) => one?.id === typed) ?? creator) : creator;
  return (
    <Panel
      title={`${type ? contentTypeLabels[type] : 'Post'} on ${platformLabels[platform]}${handle ? ` by @${handle}` : ''}`}
      description={<span className="break-all">{url}</span>}
      actions={
        <LinkButton size="small" href={paths.newCreatorContent()}>
          Another address
        </LinkButton>
      }
    >
      <div className="grid gap-4">
        <input type="hidden" name="url" value={url} />
        {creatorContentId && (
          <Callout
            tone="warning"
            title="This post is here already"
            actions={
              <LinkButton size="small" href={paths.creatorContent(creatorContentId)}>
                Open it
              </LinkButton>
            }
          />
        )}
        {handle && !post.account && (
          <p className="text-muted">
            No creator here has the account @{handle}. Add it to a creator first, or the address is refused.
          </p>
        )}
        <Field name="creatorId" label="Creator" required error={failure?.fields.creatorId}>
          {(control) => (
            <RecordPicker
              control={control}
              noun="creator"
              picked={picked}
              choices={choices}
              emptyLabel="Choose a creator"
            />
          )}
        </Field>
        {(accounts.length > 1 || failure?.fields.creatorPlatformId) && (
          <Field name="creatorPlatformId" label="Account" error={failure?.fields.creatorPlatformId}>
            {(control) => (
              <Select
                {...control}
                emptyLabel="The one that the address names"
                options={accounts.map(({ creatorPlatformId, handle: name }) => ({
                  value: creatorPlatformId,
                  label: `@${name}`,
                }))}
                defaultValue={failure?.values.creatorPlatformId ?? post.account?.creatorPlatformId ?? ''}
              />
            )}
          </Field>
        )}
      </div>
    </Panel>
  );
}
