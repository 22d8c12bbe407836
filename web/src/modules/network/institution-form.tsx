import {
  hospitalGrade,
  type Institution,
  institutionApi,
  institutionKind,
  tier,
} from '@tongmai/api/network/institution'
import { Input, InputNumber, Modal, Select } from 'antd'
import { useGo } from '../../kernel/route.tsx'
import { type FormState, useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Picker } from '../../ui/picker.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { findDivisionChoices } from './choice.ts'
import { networkWords } from './words.ts'

type Facts = Omit<Institution, 'id' | 'code' | 'external' | 'closedOn' | 'version'>
const empty: Facts & { code: string } = {
  code: '',
  name: '',
  shortName: '',
  kind: 'communityCentre',
  tier: 'primary',
  hospitalGrade: null,
  creditCode: null,
  divisionCode: null,
  longitude: null,
  latitude: null,
  address: null,
  phone: null,
}

/** What is typed as text: nothing typed is unknown. */
const orNull = (text: string): string | null => text.trim() || null

function FactFields({ form }: { form: FormState<Facts> }) {
  const t = useWords(networkWords)
  const { value, set, problem } = form
  const line = (
    name: 'name' | 'shortName' | 'creditCode' | 'address' | 'phone',
    label: string,
    required = false,
  ) => (
    <Field
      label={label}
      required={required}
      problem={problem(name)}
      wide={name === 'name' || name === 'address'}
    >
      {(id) => (
        <Input
          id={id}
          value={value[name] ?? ''}
          onChange={({ target }) => set(name, (required ? target.value : orNull(target.value)) as string)}
        />
      )}
    </Field>
  )
  const degrees = (name: 'longitude' | 'latitude') => (
    <Field label={t(`institution.${name}`)} problem={problem(name)}>
      {(id) => (
        <InputNumber
          id={id}
          value={value[name]}
          step={0.0001}
          style={{ width: '100%' }}
          onChange={(next) => set(name, next)}
        />
      )}
    </Field>
  )
  return (
    <Fields>
      {line('name', t('institution.name'), true)}
      {line('shortName', t('institution.short-name'), true)}
      <Field label={t('institution.kind')} required problem={problem('kind')}>
        {(id) => (
          <Select
            id={id}
            value={value.kind}
            onChange={(next) => set('kind', next)}
            options={institutionKind.options
              .filter((kind) => kind !== 'external')
              .map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          />
        )}
      </Field>
      <Field label={t('institution.tier')} problem={problem('tier')}>
        {(id) => (
          <Select
            id={id}
            allowClear
            value={value.tier}
            onChange={(next) => set('tier', next ?? null)}
            options={tier.options.map((one) => ({ value: one, label: t(`tier.${one}`) }))}
          />
        )}
      </Field>
      <Field label={t('institution.grade')} problem={problem('hospitalGrade')}>
        {(id) => (
          <Select
            id={id}
            allowClear
            value={value.hospitalGrade}
            onChange={(next) => set('hospitalGrade', next ?? null)}
            options={hospitalGrade.options.map((one) => ({ value: one, label: t(`hospital-grade.${one}`) }))}
          />
        )}
      </Field>
      {line('creditCode', t('institution.credit-code'))}
      <Field label={t('institution.division')} problem={problem('divisionCode')}>
        {(id) => (
          <Picker
            id={id}
            name="network.division"
            find={findDivisionChoices}
            value={value.divisionCode ? { value: value.divisionCode, label: value.divisionCode } : null}
            onChange={(choice) => set('divisionCode', choice?.value ?? null)}
          />
        )}
      </Field>
      {line('phone', t('institution.phone'))}
      {line('address', t('institution.address'))}
      {degrees('longitude')}
      {degrees('latitude')}
    </Fields>
  )
}

/** Registers an institution; afterwards its page is open. */
export function AddInstitution({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const go = useGo()
  const add = useWrite(institutionApi.addInstitution, {
    touches: ['network.institution-added'],
    onDone: ({ id, name }) => {
      tell(t('directory.added', { name }))
      form.discard()
      go(`/institutions/${id}`)
    },
  })
  const form = useForm('network.add-institution', empty, add.error)
  return (
    <Modal
      open={open}
      width={720}
      title={t('directory.add')}
      okText={t('directory.add')}
      onOk={() => add.mutate({ body: form.value })}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !form.value.code || !form.value.name || !form.value.shortName }}
    >
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('institution.code')} required problem={form.problem('code')}>
          {(id) => (
            <Input
              id={id}
              value={form.value.code}
              onChange={({ target }) => form.set('code', target.value)}
            />
          )}
        </Field>
      </Fields>
      <FactFields form={form as unknown as FormState<Facts>} />
    </Modal>
  )
}

/** Changes one's own institution's facts. */
export function ChangeInstitution({ of, onClose }: { of: Institution; onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const change = useWrite(institutionApi.changeInstitution, {
    touches: ['network.institution-changed'],
    onDone: ({ name }) => {
      tell(t('institution.changed', { name }))
      form.discard()
      onClose()
    },
  })
  const { id, code: _, external: __, closedOn: ___, version, ...facts } = of
  const { name, shortName, kind, tier: level, hospitalGrade: grade, creditCode, divisionCode } = facts
  const { longitude, latitude, address, phone } = facts
  const own: Facts = {
    name,
    shortName,
    kind,
    tier: level,
    hospitalGrade: grade,
    creditCode,
    divisionCode,
    longitude,
    latitude,
    address,
    phone,
  }
  const form = useForm(`network.institution:${id}:${version}`, own, change.error)
  return (
    <Modal
      open
      width={720}
      title={t('institution.change')}
      okText={t('save')}
      onOk={() => change.mutate({ params: { id }, body: { ...form.value, version } })}
      onCancel={onClose}
      confirmLoading={change.isPending}
    >
      <RefusalNote refused={change.error} />
      <FactFields form={form} />
    </Modal>
  )
}
