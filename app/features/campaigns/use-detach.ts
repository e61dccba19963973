import { useFetcher } from '@remix-run/react';
import { type FormEvent, useEffect, useRef } from 'react';
import { paths } from '../../lib/paths.ts';
import { toast } from '../../ui/toast.ts';

/** What the address for attaching and detaching answers to a script. */
export interface AttachAnswer {
  ok: boolean;
  intent: 'attach' | 'detach';
  message: string;
  ids: string[];
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
