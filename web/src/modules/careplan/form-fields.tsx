import {
  type Answer,
  type Answers,
  isAsked,
  type Question,
  type Questionnaire,
  unitOf,
} from '@tongmai/api/careplan/form'
import { Input, InputNumber, Segmented, Select } from 'antd'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { careplanWords } from './words.ts'

interface FormFieldsProps {
  readonly form: Questionnaire
  readonly value: Answers
  readonly onChange: (value: Answers) => void
  readonly problem: (name: string) => string | undefined
}

/** The questions of a form, each shown only when what was answered so far asks for it. */
export function FormFields({ form, value, onChange, problem }: FormFieldsProps) {
  const set = (linkId: string, answer: Answer | undefined) => {
    const { [linkId]: _, ...rest } = value
    onChange(answer === undefined || answer === '' ? rest : { ...rest, [linkId]: answer })
  }
  return (
    <Fields columns={2}>
      {form.item
        .filter((q) => isAsked(q, value))
        .map((q) => (
          <Field
            key={q.linkId}
            label={q.text}
            required={q.required ?? false}
            wide={q.type === 'text' || q.repeats === true}
            problem={problem(`answers.${q.linkId}`)}
          >
            {(id) => <Asked id={id} q={q} value={value[q.linkId]} onChange={(next) => set(q.linkId, next)} />}
          </Field>
        ))}
    </Fields>
  )
}

interface AskedProps {
  readonly id: string
  readonly q: Question
  readonly value: Answer | undefined
  readonly onChange: (value: Answer | undefined) => void
}

function Asked({ id, q, value, onChange }: AskedProps) {
  const t = useWords(careplanWords)
  if (q.type === 'boolean')
    return (
      <Segmented<string>
        id={id}
        value={value === undefined ? '' : String(value)}
        options={[
          { value: 'false', label: t('no') },
          { value: 'true', label: t('yes') },
        ]}
        onChange={(next) => onChange(next === 'true')}
      />
    )
  if (q.type === 'decimal' || q.type === 'integer')
    return (
      <InputNumber
        id={id}
        style={{ width: '100%' }}
        suffix={unitOf(q)?.display}
        value={typeof value === 'number' ? value : null}
        onChange={(next) => onChange(next ?? undefined)}
      />
    )
  if (q.type === 'choice') return <Chosen id={id} q={q} value={value} onChange={onChange} />
  return (
    <Input.TextArea
      id={id}
      rows={2}
      value={typeof value === 'string' ? value : ''}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}

function Chosen({ id, q, value, onChange }: AskedProps) {
  const t = useWords(careplanWords)
  const options = (q.answerOption ?? []).map(({ valueCoding }) => ({
    value: valueCoding.code,
    label: valueCoding.display ?? valueCoding.code,
  }))
  if (q.repeats)
    return (
      <Select<string[]>
        id={id}
        mode="multiple"
        style={{ width: '100%' }}
        placeholder={t('choose')}
        value={Array.isArray(value) ? value : []}
        options={options}
        onChange={onChange}
      />
    )
  return (
    <Select<string>
      id={id}
      style={{ width: '100%' }}
      placeholder={t('choose')}
      value={typeof value === 'string' ? value : null}
      options={options}
      onChange={onChange}
    />
  )
}
