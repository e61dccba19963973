import { useFetcher } from '@remix-run/react';
import { type FormEvent, useEffect, useRef } from 'react';
import type { CampaignMetrics } from '../../../server/domain/metrics/schema.ts';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { toast } from '../../ui/toast.ts';
import { PlatformCampaignBreakdown } from '../metrics/breakdowns.tsx';

/** What the address for attaching and detaching answers to a script. */
export interface AttachAnswer {
  ok: boolean;
  intent: 'attach' | 'detach';
  message: string;
  ids: string[];
}

export interface AttachedCampaignsProps {
  metrics: CampaignMetrics;
  canChange: boolean;
}

/** The platform campaigns of a campaign with their figures, the way to more of them, and off again. */
export function AttachedCampaigns({ metrics, canChange }: AttachedCampaignsProps) {
  const { campaignId, platformCampaigns, currency } = metrics;
  const description = platformCampaigns.length > 0 && { description: `Amounts in ${currency}` };
  const { onSubmit } = useDetach(campaignId);
  const attach = canChange && (
    <LinkButton size="small" href={paths.attachToCampaign(campaignId)}>
      Attach
    </LinkButton>
  );
  return (
    <Panel title="Platform campaigns" {...description} padded={false} actions={attach}>
      {platformCampaigns.length === 0 ? (
        <p className="p-4 text-muted">
          None is attached. What runs on the platforms is listed there under its own names; attach what
          belongs to this campaign.
        </p>
      ) : (
        <form method="post" action={paths.attachToCampaign(campaignId)} onSubmit={onSubmit}>
          <input type="hidden" name="intent" value="detach" />
          <PlatformCampaignBreakdown metrics={metrics} canDetach={canChange} />
        </form>
      )}
    </Panel>
  );
}

/** With a script the page stays where it is, and a toast offers the way back. */
export function useDetach(campaignId: string) {
  const { data, submit } = useFetcher<AttachAnswer>();
  const told = useRef<AttachAnswer | undefined>(undefined);
  const action = paths.attachToCampaign(campaignId);
  useEffect(() => {
    if (!data || told.current === data) return;
    told.current = data;
    if (!data.ok) return void toast.error('Nothing was changed', data.message);
    if (data.intent === 'attach') return void toast.success(data.message);
    const back = new FormData();
    for (const id of data.ids) back.append('platformCampaignId', id);
    back.set('answer', 'json');
    toast.undo({ message: data.message, onUndo: () => submit(back, { method: 'post', action }) });
  }, [data, submit, action]);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const form = new FormData(event.currentTarget, submitter);
    form.set('answer', 'json');
    submit(form, { method: 'post', action });
  };
  return { onSubmit };
}
