import { careplanApi } from '@tongmai/api/careplan'
import type { Pathway, PathwayStep } from '@tongmai/api/careplan/pathway'
import { type ProgrammeCode, programmeCode } from '@tongmai/api/careplan/programme'
import { Button, Input, Select } from 'antd'
import { newKey } from '../../kernel/new-key.ts'
import { useGo, useParam } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { StepFields } from './step-fields.tsx'
import { careplanWords } from './words.ts'

interface Typed {
  readonly programme: ProgrammeCode
  readonly title: string
  readonly note: string
  readonly steps: readonly PathwayStep[]
}

const blankStep = (): PathwayStep => ({
  ...{ code: `step-${newKey().slice(0, 6)}`, phase: 'treat', kind: 'advise', title: '', text: '' },
  ...{ criteria: [], when: 'all', form: null, repeatDays: null, urgent: false, guideline: null },
})
const blank: Typed = { programme: 'hypertension', title: '', note: '', steps: [blankStep()] }

/** A pathway from nothing, or from the example of its disease. */
export function NewPathway() {
  const t = useWords(careplanWords)
  return (
    <Page title={t('pathway.new')} hint={t('step.no-guideline')}>
      <Editor />
    </Page>
  )
}

/** A draft taken up again. */
export function EditPathway() {
  const t = useWords(careplanWords)
  const id = useParam('id')
  const read = useRead(careplanApi.readPathway, { params: { id } })
  return (
    <Page title={t('pathway.edit')} hint={t('step.no-guideline')}>
      <Loaded read={read} rows={8}>
        {(one) => <Editor key={`${one.id} ${one.revision}`} pathway={one} />}
      </Loaded>
    </Page>
  )
}

function Editor({ pathway }: { pathway?: Pathway }) {
  const t = useWords(careplanWords)
  const tell = useTell()
  const go = useGo()
  const examples = useRead(careplanApi.listPathwayExamples, {}).data ?? []
  const onDone = ({ id }: { id: string }) => {
    form.discard()
    tell(t('pathway.saved'))
    go(`/pathways/${id}`)
  }
  const draft = useWrite(careplanApi.draftPathway, { touches: ['careplan'], onDone })
  const change = useWrite(careplanApi.changePathway, { touches: ['careplan'], onDone })
  const write = pathway ? change : draft
  const key = pathway ? `${pathway.id} ${pathway.revision}` : 'new'
  const form = useForm<Typed>(`careplan.pathway:${key}`, pathway ?? blank, write.error)
  const { value, set, problem } = form
  const { steps } = value
  const send = () => {
    const { programme, title, note } = value
    const body = { title, note, steps: [...steps] }
    if (pathway) change.mutate({ params: { id: pathway.id }, body: { ...body, revision: pathway.revision } })
    else draft.mutate({ body: { ...body, programme } })
  }
  const begin = () => {
    const example = examples.find((one) => one.programme === value.programme)
    if (example) form.change({ title: example.title, note: example.note, steps: example.steps })
  }
  const put = (at: number, next: PathwayStep) => set('steps', steps.with(at, next))
  const swap = (at: number, by: 1 | -1) => {
    const [one, other] = [steps[at], steps[at + by]]
    if (one && other) set('steps', steps.with(at, other).with(at + by, one))
  }
  return (
    <>
      <RefusalNote refused={write.error} />
      <DraftNote form={form} />
      <Card>
        <Fields columns={2}>
          <Field label={t('disease')} required>
            {(id) => (
              <Select
                id={id}
                style={{ width: '100%' }}
                disabled={pathway !== undefined}
                value={value.programme}
                options={programmeCode.options.map((one) => ({ value: one, label: t(`programme.${one}`) }))}
                onChange={(next) => set('programme', next)}
              />
            )}
          </Field>
          <Field label={t('pathway.name')} required problem={problem('title')}>
            {(id) => (
              <Input id={id} value={value.title} onChange={({ target }) => set('title', target.value)} />
            )}
          </Field>
          <Field label={t('pathway.note')} wide problem={problem('note')}>
            {(id) => (
              <Input.TextArea
                id={id}
                rows={2}
                value={value.note}
                onChange={({ target }) => set('note', target.value)}
              />
            )}
          </Field>
        </Fields>
        {!pathway && (
          <Button onClick={begin} disabled={examples.length === 0}>
            {t('pathway.from-example')}
          </Button>
        )}
      </Card>
      {steps.map((step, at) => (
        <StepFields
          key={step.code}
          step={step}
          place={{ at, last: at === steps.length - 1 }}
          problem={(name) => problem(`steps.${at}.${name}`)}
          onChange={(next) => put(at, next)}
          onMove={(by) => swap(at, by)}
          onRemove={() => set('steps', steps.toSpliced(at, 1))}
        />
      ))}
      <div className="tm-row" style={{ marginTop: 12 }}>
        <Button type="dashed" onClick={() => set('steps', [...steps, blankStep()])}>
          {t('step.add')}
        </Button>
        <Button
          type="primary"
          loading={write.isPending}
          disabled={!value.title.trim() || steps.some((one) => !one.title.trim() || !one.text.trim())}
          onClick={send}
        >
          {t('pathway.save')}
        </Button>
      </div>
    </>
  )
}
