import { pharmacyApi } from '@tongmai/api/pharmacy'
import type { MedicineLine } from '@tongmai/api/pharmacy/medicine'
import { Checkbox, Input, Modal } from 'antd'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { pharmacyWords } from './words.ts'

const empty = {
  ...{ name: '', form: '', strength: '', category: '', baseCode: '', insuranceCode: '' },
  ...{ chronic: false, retired: false },
}
const texts = ['name', 'form', 'strength', 'category', 'baseCode', 'insuranceCode'] as const

/** A medicine of the alliance's formulary: what it is, and its national codes where they are known. */
export function MedicineForm({ medicine, onClose }: { medicine?: MedicineLine; onClose: () => void }) {
  const t = useWords(pharmacyWords)
  const tell = useTell()
  const done = {
    touches: ['pharmacy'],
    onDone: ({ name }: MedicineLine) => {
      tell(t('medicine.saved', { name }))
      form.discard()
      onClose()
    },
  }
  const add = useWrite(pharmacyApi.addMedicine, done)
  const change = useWrite(pharmacyApi.changeMedicine, done)
  const refused = medicine ? change.error : add.error
  const begun = medicine
    ? {
        ...empty,
        ...medicine,
        baseCode: medicine.baseCode ?? '',
        insuranceCode: medicine.insuranceCode ?? '',
      }
    : empty
  const key = medicine ? `${medicine.id}:${medicine.version}` : 'new'
  const form = useForm<typeof empty>(`pharmacy.medicine:${key}`, begun, refused)
  const { value, set, problem } = form
  const send = () => {
    const { name, form: shape, strength, category, chronic, retired } = value
    const codes = {
      baseCode: value.baseCode.trim() || null,
      insuranceCode: value.insuranceCode.trim() || null,
    }
    const facts = { name, form: shape, strength, category, chronic, ...codes }
    if (!medicine) add.mutate({ body: facts })
    else {
      const { id, version } = medicine
      change.mutate({ params: { id }, body: { ...facts, retired, version } })
    }
  }
  const label = t(medicine ? 'medicine.change' : 'medicine.add')
  const isWhole = [value.name, value.form, value.strength, value.category].every((one) => one.trim())
  return (
    <Modal
      open
      width={640}
      title={label}
      okText={label}
      okButtonProps={{ disabled: !isWhole }}
      confirmLoading={add.isPending || change.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={refused} />
      <DraftNote form={form} />
      <Fields>
        {texts.map((name) => (
          <Field
            key={name}
            label={t(name)}
            required={!name.endsWith('Code')}
            hint={name.endsWith('Code') ? t(`${name as 'baseCode'}-hint`) : undefined}
            problem={problem(name)}
          >
            {(id) => <Input id={id} value={value[name]} onChange={({ target }) => set(name, target.value)} />}
          </Field>
        ))}
        <div>
          <Checkbox checked={value.chronic} onChange={({ target }) => set('chronic', target.checked)}>
            {t('chronic')}
          </Checkbox>
        </div>
        {medicine && (
          <div>
            <Checkbox checked={value.retired} onChange={({ target }) => set('retired', target.checked)}>
              {t('retired')}
            </Checkbox>
          </div>
        )}
      </Fields>
    </Modal>
  )
}
