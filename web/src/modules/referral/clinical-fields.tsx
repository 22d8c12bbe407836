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

/** The diagnosis by name, initials or code; choosing one fills in both. */
export function DiagnosisFields({ form }: { form: Form }) {
  const t = useWords(referralWords)
  const { diagnosisText, diagnosisCode } = form.value
  return (
    <>
      <Field label={t('diagnosis.text')} problem={form.problem('form.diagnosis')} required>
        {(id) => (
          <AutoComplete
            id={id}
            value={diagnosisText}
            options={diagnosesLike(diagnosisText).map(({ code, text }) => ({
              value: text,
              label: `${text} ${code}`,
              code,
            }))}
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
