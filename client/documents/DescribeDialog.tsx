import { type FormEvent, useState } from 'react'
import { can } from '../../shared/accounts/permissions.ts'
import type { AgencyId } from '../../shared/base/ids.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem, TextArea, TextField } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import type { Desk } from './useDesk.ts'
import { useDescribe } from './useDocuments.ts'

/** What is printed around the text: the lead's people keep the fields, its clerk number and date. */
export function DescribeDialog({ desk, onClose }: { desk: Desk; onClose(): void }) {
  return can(desk.actor, 'document.number', desk.scene) ? (
    <NumberAndDate desk={desk} onClose={onClose} />
  ) : (
    <PrintedFields desk={desk} onClose={onClose} />
  )
}

function NumberAndDate({ desk, onClose }: { desk: Desk; onClose(): void }) {
  const t = useText()
  const { document } = desk
  const [number, setNumber] = useState(document.number ?? '')
  const [date, setDate] = useState(document.date ?? '')
  const { save, problem, busy } = useSave(desk, onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save({ number: number.trim() || null, date: date || null })
  }
  return (
    <Dialog open onClose={onClose} title={t('fields.numberTitle')} lead={t('fields.numberLead')}>
      <form onSubmit={submit}>
        <Problem>{problem}</Problem>
        <TextField
          label={t('fields.number')}
          hint={t('fields.numberHint')}
          maxLength={60}
          autoFocus
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        <TextField
          label={t('fields.date')}
          type="date"
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
        <SaveActions busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  )
}

function PrintedFields({ desk, onClose }: { desk: Desk; onClose(): void }) {
  const t = useText()
  const { document, agencies } = desk
  const [title, setTitle] = useState(document.title)
  const [place, setPlace] = useState(document.place)
  const [recipients, setRecipients] = useState(document.recipients.join('\n'))
  const [titles, setTitles] = useState<Record<string, string>>(document.signingTitles)
  const { save, problem, busy } = useSave(desk, onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save({
      title,
      place,
      recipients: linesOf(recipients),
      signingTitles: titles as Record<AgencyId, string>,
    })
  }
  return (
    <Dialog open onClose={onClose} shape="wide" title={t('fields.title')} lead={t('fields.lead')}>
      <form onSubmit={submit}>
        <Problem>{problem}</Problem>
        <TextArea
          label={t('fields.name')}
          required
          maxLength={500}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <TextField
          label={t('fields.place')}
          maxLength={120}
          value={place}
          onChange={(event) => setPlace(event.target.value)}
        />
        <TextArea
          label={t('fields.recipients')}
          value={recipients}
          onChange={(event) => setRecipients(event.target.value)}
        />
        {document.signers.map((id) => (
          <TextArea
            key={id}
            label={t('fields.signingTitle', { agency: agencies.get(id)?.name ?? id })}
            maxLength={120}
            rows={1}
            value={titles[id] ?? ''}
            onChange={(event) => setTitles({ ...titles, [id]: event.target.value })}
          />
        ))}
        <SaveActions busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  )
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function useSave(desk: Desk, onClose: () => void) {
  const t = useText()
  const say = useSay()
  const describe = useDescribe(desk.document.id)
  return {
    busy: describe.isPending,
    problem: describe.error ? errorText(t, describe.error) : null,
    save: (patch: Parameters<typeof describe.mutate>[0]) =>
      describe.mutate(patch, {
        onSuccess: () => {
          say.done(t('fields.saved'))
          onClose()
        },
      }),
  }
}

function SaveActions({ busy, onClose }: { busy: boolean; onClose(): void }) {
  const t = useText()
  return (
    <DialogActions>
      <Button onClick={onClose}>{t('common.cancel')}</Button>
      <Button type="submit" look="primary" disabled={busy}>
        {t('common.save')}
      </Button>
    </DialogActions>
  )
}
