import {
  type CrewMember,
  crewRole,
  type Equipment,
  equipment,
  fleetApi,
  type Vehicle,
  type VehicleKind,
  vehicleKind,
} from '@tongmai/api/dispatch/fleet'
import { Button, Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { StaffChoice } from '../workforce/index.ts'
import { dispatchWords } from './words.ts'

interface Typed {
  plate: string
  name: string
  kind: VehicleKind
  equipment: Equipment[]
  crew: CrewMember[]
  speedKmh: number | null
  startMinutes: number
}
const empty: Typed = {
  plate: '',
  name: '',
  kind: 'ambulance',
  equipment: ['stretcher', 'oxygen'],
  crew: [],
  speedKmh: null,
  startMinutes: 2,
}

/** A vehicle of my institution: what it is, what is aboard, who rides along. */
export function VehicleForm({ vehicle, onClose }: { vehicle?: Vehicle; onClose: () => void }) {
  const t = useWords(dispatchWords)
  const tell = useTell()
  const done = (word: 'vehicle.added' | 'vehicle.changed') => ({
    touches: ['dispatch'],
    onDone: ({ name }: Vehicle) => {
      tell(t(word, { name }))
      form.discard()
      onClose()
    },
  })
  const add = useWrite(fleetApi.addVehicle, done('vehicle.added'))
  const change = useWrite(fleetApi.changeVehicle, done('vehicle.changed'))
  const refused = vehicle ? change.error : add.error
  const begun: Typed = vehicle ? { ...empty, ...pick(vehicle) } : empty
  const key = vehicle ? `${vehicle.id}:${vehicle.version}` : 'new'
  const form = useForm<Typed>(`dispatch.vehicle:${key}`, begun, refused)
  const { value, set } = form
  const save = () => {
    const crew = value.crew.filter(({ name }) => name.trim() !== '')
    const body = { ...value, crew }
    if (vehicle) change.mutate({ params: { id: vehicle.id }, body: { ...body, version: vehicle.version } })
    else add.mutate({ body })
  }
  const label = t(vehicle ? 'vehicle.edit' : 'vehicle.add')
  return (
    <Modal
      open
      title={label}
      okText={label}
      width={680}
      okButtonProps={{ disabled: !value.plate.trim() || !value.name.trim() }}
      confirmLoading={add.isPending || change.isPending}
      onOk={save}
      onCancel={onClose}
    >
      <RefusalNote refused={refused} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('vehicle.name')} required problem={form.problem('name')}>
          {(id) => <Input id={id} value={value.name} onChange={({ target }) => set('name', target.value)} />}
        </Field>
        <Field label={t('vehicle.plate')} required problem={form.problem('plate')}>
          {(id) => (
            <Input id={id} value={value.plate} onChange={({ target }) => set('plate', target.value)} />
          )}
        </Field>
        <Field label={t('kind')}>
          {(id) => (
            <Select
              id={id}
              value={value.kind}
              options={vehicleKind.options.map((kind) => ({ value: kind, label: t(`vehicle.kind.${kind}`) }))}
              onChange={(kind) => form.change({ kind, speedKmh: kind === 'helicopter' ? 220 : null })}
            />
          )}
        </Field>
        <Field label={t('vehicle.start')} problem={form.problem('startMinutes')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              max={120}
              value={value.startMinutes}
              onChange={(next) => set('startMinutes', next ?? 0)}
            />
          )}
        </Field>
        {value.kind === 'helicopter' && (
          <Field label={t('vehicle.speed')} required problem={form.problem('speedKmh')}>
            {(id) => (
              <InputNumber
                id={id}
                min={60}
                max={400}
                value={value.speedKmh}
                onChange={(next) => set('speedKmh', next)}
              />
            )}
          </Field>
        )}
        <Field label={t('needs.equipment')} wide>
          {() => (
            <Checkbox.Group
              value={value.equipment}
              options={equipment.options.map((one) => ({ value: one, label: t(`equipment.${one}`) }))}
              onChange={(next) => set('equipment', next)}
            />
          )}
        </Field>
        <Field label={t('vehicle.crew')} wide>
          {() => <CrewFields crew={value.crew} onChange={(crew) => set('crew', crew)} />}
        </Field>
      </Fields>
    </Modal>
  )
}

const pick = ({ plate, name, kind, equipment: aboard, crew, speedKmh, startMinutes }: Vehicle): Typed => ({
  ...{ plate, name, kind, speedKmh, startMinutes },
  equipment: [...aboard],
  crew: [...crew],
})

interface CrewFieldsProps {
  readonly crew: readonly CrewMember[]
  readonly onChange: (crew: CrewMember[]) => void
}

/** Who rides along: physicians and nurses from the staff, so that their licence counts; drivers by name. */
function CrewFields({ crew, onChange }: CrewFieldsProps) {
  const t = useWords(dispatchWords)
  const set = (at: number, change: Partial<CrewMember>) =>
    onChange(crew.map((one, i) => (i === at ? { ...one, ...change } : one)))
  const licensed = (role: CrewMember['role']) => role === 'physician' || role === 'nurse'
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      {crew.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of a crew has no name before one is typed
        <div key={i} className="tm-row">
          <Select
            aria-label={t('crew.role')}
            style={{ width: 110 }}
            value={one.role}
            options={crewRole.options.map((role) => ({ value: role, label: t(`crew.${role}`) }))}
            onChange={(role) => set(i, { role, practitionerId: null, name: '' })}
          />
          <span style={{ flex: 1, minWidth: 160 }}>
            {licensed(one.role) ? (
              <StaffChoice
                label={t('crew.name')}
                value={one.practitionerId}
                onChange={(practitionerId, name) => set(i, { practitionerId, name })}
              />
            ) : (
              <Input
                aria-label={t('crew.name')}
                value={one.name}
                onChange={({ target }) => set(i, { name: target.value })}
              />
            )}
          </span>
          <Button onClick={() => onChange(crew.filter((_, at) => at !== i))}>{t('crew.remove')}</Button>
        </div>
      ))}
      <Button
        style={{ justifySelf: 'start' }}
        disabled={crew.length >= 8}
        onClick={() => onChange([...crew, { role: 'driver', name: '', practitionerId: null }])}
      >
        {t('crew.add')}
      </Button>
    </div>
  )
}
