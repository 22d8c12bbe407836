import { proxyApi, proxyKind, proxyProof } from '@tongmai/api/resident/proxy'
import { type FormEvent, useCallback, useState } from 'react'
import { keepFile } from '../../../kernel/kept-file.ts'
import { Refused } from '../../../kernel/refused.ts'
import { useForm } from '../../../kernel/use-form.ts'
import { useSend } from '../../../kernel/use-send.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices } from '../../../ui/light/choices.tsx'
import { DraftNote } from '../../../ui/light/draft-note.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Sorry } from '../../../ui/light/known.tsx'
import { Photo } from '../../../ui/light/photo.tsx'
import { residentOwnWords } from './words.ts'

const empty = { name: '', number: '', kind: '', proof: '', until: '', fileHash: '' }

const touches = ['resident']

/** Asking to stand for somebody of the family: who, what they are to me, until when, and the proof. */
export function AskProxy({ onClose }: { onClose: () => void }) {
  const t = useWords(residentOwnWords)
  const [unsent, setUnsent] = useState<Refused | null>(null)
  const form = useForm('resident.family', empty)
  const ask = useSend(proxyApi.askProxy, {
    what: 'resident.family.ask',
    touches,
    onKept: useCallback(() => {
      form.discard()
      onClose()
    }, [form.discard, onClose]),
  })
  const { name, number, kind, proof, until, fileHash } = form.value
  const asked = proxyKind.options.find((one) => one === kind)
  const shown = proxyProof.options.find((one) => one === proof)
  const isReady = name.trim() && number.trim() && asked && shown && fileHash && (kind === 'child' || until)
  const keep = async (photo: File | null) => {
    form.change({ fileHash: '' })
    setUnsent(null)
    try {
      if (photo) form.change({ fileHash: await keepFile(photo) })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setUnsent(error)
    }
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (asked && shown)
      void ask.send({ body: { name, number, kind: asked, proof: shown, fileHash, until: until || null } }, [
        fileHash,
      ])
  }
  return (
    <form className="me-form" onSubmit={send}>
      <DraftNote form={form} />
      <Block title={t('family.who')}>
        <Entry label={t('family.name')} {...form.bind('name')} />
        <Entry label={t('family.number')} {...form.bind('number')} />
      </Block>
      <Block title={t('family.kind')}>
        <Choices
          name={t('family.kind')}
          value={kind}
          options={proxyKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={(next) => form.change({ kind: next })}
        />
      </Block>
      <Block title={t('family.how-long')}>
        <p className="me-quiet">{t(kind === 'child' ? 'family.child-until' : 'family.period')}</p>
        <Entry label={t('family.last-day')} type="date" {...form.bind('until')} />
      </Block>
      <Block title={t('family.proof')}>
        <Choices
          name={t('family.proof')}
          value={proof}
          options={proxyProof.options.map((value) => ({ value, label: t(`proof.${value}`) }))}
          onChange={(next) => form.change({ proof: next })}
        />
        <Photo label={t('family.photo')} onChange={(photo) => void keep(photo)} />
      </Block>
      <p className="me-quiet">{t('family.checked')}</p>
      <Sorry refused={unsent ?? ask.error} />
      <Button type="submit" busy={!isReady || ask.busy}>
        {t('family.send')}
      </Button>
      <Button quiet onClick={onClose}>
        {t('access.cancel')}
      </Button>
    </form>
  )
}
