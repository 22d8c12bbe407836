import { contractApi } from '@tongmai/api/contract'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { Refused } from '../../kernel/refused.ts'
import { upload } from '../../kernel/upload.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Card } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { contractWords } from './words.ts'

/** Writes to a resident: in one's own words, or from an answer that is often given; with pictures where they help. */
export function AnswerBox({ id }: { id: string }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const [text, setText] = useState('')
  const [files, setFiles] = useState<readonly File[]>([])
  const [attaches, setAttaches] = useState(false)
  const sending = useSending(files)
  const answer = useWrite(contractApi.answerAdvice, {
    touches: ['contract'],
    onDone: () => tell(t('advice.sent')),
  })
  const send = () => sending.run((hashes) => answer.mutate({ params: { id }, body: { text, files: hashes } }))
  return (
    <Card title={t('advice.answer')} extra={<Templates text={text} onChoose={setText} />}>
      <RefusalNote refused={sending.refused ?? answer.error} />
      <Field label={t('advice.answer')} hint={t('advice.answer-hint')}>
        {(field) => (
          <Input.TextArea
            id={field}
            rows={4}
            maxLength={2000}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      {attaches && <FileDrop files={files} onChange={setFiles} accept="image/*,.pdf" />}
      <div className="tm-row">
        <Button
          type="primary"
          disabled={text.trim() === ''}
          loading={sending.busy || answer.isPending}
          onClick={send}
        >
          {t('advice.send')}
        </Button>
        {!attaches && <Button onClick={() => setAttaches(true)}>{t('advice.files')}</Button>}
      </div>
    </Card>
  )
}

/** Brings the files to the server first, then lets the message go with their hashes. */
export function useSending(files: readonly File[]) {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const run = async (then: (hashes: string[]) => void) => {
    setBusy(true)
    setRefused(null)
    try {
      const kept = []
      for (const file of files) kept.push((await upload(file)).hash)
      then([...new Set(kept)])
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefused(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, refused, run: (then: (hashes: string[]) => void) => void run(then) }
}

function Templates({ text, onChoose }: { text: string; onChoose: (text: string) => void }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const [chosen, setChosen] = useState<string | null>(null)
  const all = useRead(contractApi.listTemplates, {}).data ?? []
  const touches = { touches: ['contract-answer-templates', 'contract'] }
  const keep = useWrite(contractApi.keepTemplate, {
    ...touches,
    onDone: () => tell(t('advice.template-kept')),
  })
  const drop = useWrite(contractApi.dropTemplate, { ...touches, onDone: () => setChosen(null) })
  const known = all.find((one) => one.id === chosen)
  const title = text.trim().slice(0, 20)
  return (
    <span className="tm-row">
      <Select
        aria-label={t('advice.template')}
        placeholder={t('advice.template')}
        style={{ width: 160 }}
        value={known ? known.id : null}
        options={all.map((one) => ({ value: one.id, label: one.title }))}
        onChange={(next: string | null) => {
          const one = all.find((template) => template.id === next)
          setChosen(next)
          if (one) onChoose(one.text)
        }}
      />
      {known ? (
        <Button
          size="small"
          type="text"
          loading={drop.isPending}
          onClick={() => drop.mutate({ params: { id: known.id } })}
        >
          {t('advice.drop-template')}
        </Button>
      ) : (
        <Button
          size="small"
          type="text"
          disabled={title === ''}
          loading={keep.isPending}
          onClick={() => keep.mutate({ body: { title, text } })}
        >
          {t('advice.keep-template')}
        </Button>
      )}
    </span>
  )
}
