import { recordApi } from '@tongmai/api/record'
import { referralApi } from '@tongmai/api/referral'
import { AutoComplete, Input, Select } from 'antd'
import type { FormState } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { diagnosesLike } from './diagnosis-list.ts'
import type { Typed } from './typed.ts'
import { referralWords } from './words.ts'

type Form = FormState<Typed>
type Texts = 'firstImpression' | 'reason' | 'pastHistory' | 'allergies' | 'treatmentSoFar' | 'attention'

const texts: readonly (readonly [
  name: Texts,
  word: Parameters<ReturnType<typeof useWords<typeof referralWords.table>>>[0],
  rows: number,
])[] = [
  ['firstImpression', 'form.first-impression', 1],
  ['reason', 'form.reason', 4],
  ['pastHistory', 'form.past', 2],
  ['allergies', 'form.allergies', 1],
  ['treatmentSoFar', 'form.treatment', 3],
  ['attention', 'form.attention', 1],
]

/** Why the patient is referred: diagnosis, indications, history. */
export function ClinicalFields({ form }: { form: Form }) {
  const t = useWords(referralWords)
  return (
    <Fields>
      <DiagnosisFields form={form} />
      <Indications form={form} />
      {texts.map(([name, word, rows]) => (
        <Field
          key={name}
          label={t(word)}
          problem={form.problem(`form.${name}`)}
          required={name === 'reason'}
          wide
        >
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: rows, maxRows: 10 }}
              value={form.value[name]}
              onChange={({ target }) => form.set(name, target.value)}
            />
          )}
        </Field>
      ))}
    </Fields>
  )
}

/** What primary care refers most, then all of ICD-10, by what has been typed. */
function useDiagnoses(typed: string) {
  const asked = { query: { table: 'icd10' as const, q: typed.slice(0, 60), limit: 12 } }
  const read = useRead(recordApi.listCodes, asked, { when: typed.trim() !== '', keepPrevious: true })
  const usual = diagnosesLike(typed)
  const texts = new Set(usual.map(({ text }) => text))
  const all = typed.trim() ? (read.data?.items ?? []) : []
  const more = all
    .map(({ code, display }) => ({ code, text: display }))
    .filter(({ text }) => !texts.has(text))
  return [...usual, ...more].map(({ code, text }) => ({ value: text, label: `${text} ${code}`, code }))
}

/** The diagnosis by name, pinyin, initials or code; choosing one fills in both. */
export function DiagnosisFields({ form }: { form: Form }) {
  const t = useWords(referralWords)
  const { diagnosisText, diagnosisCode } = form.value
  const options = useDiagnoses(diagnosisText)
  return (
    <>
      <Field label={t('diagnosis.text')} problem={form.problem('form.diagnosis')} required>
        {(id) => (
          <AutoComplete
            id={id}
            value={diagnosisText}
            options={options}
            onChange={(text: string) => form.set('diagnosisText', text)}
            onSelect={(text: string, { code }) => form.change({ diagnosisText: text, diagnosisCode: code })}
          />
        )}
      </Field>
      <Field label={t('diagnosis.code')} problem={form.problem('form.diagnosis.code')} required>
        {(id) => (
          <Input
            id={id}
            value={diagnosisCode}
            onChange={({ target }) => form.set('diagnosisCode', target.value.toUpperCase())}
          />
        )}
      </Field>
    </>
  )
}

/** The indications in force, by their category; those not yet signed by clinicians say so. */
function Indications({ form }: { form: Form }) {
  const t = useWords(referralWords)
  const read = useRead(referralApi.criteria, {})
  const down = form.value.direction === 'down'
  const fitting = (read.data ?? []).filter((one) => (one.direction === 'down') === down)
  const groups = Map.groupBy(fitting, (one) => one.category)
  return (
    <Field label={t('form.indications')} problem={form.problem('form.indications')} wide>
      {(id) => (
        <Select
          id={id}
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: '100%' }}
          value={[...form.value.indications]}
          onChange={(codes: string[]) => form.set('indications', codes)}
          options={[...groups].map(([label, criteria]) => ({
            label,
            options: criteria.map((one) => ({
              value: one.code,
              label: one.signed ? one.text : `${one.text}（${t('form.unsigned')}）`,
            })),
          }))}
        />
      )}
    </Field>
  )
}
