import { consciousness, type Mission, missionApi, type Vital } from '@tongmai/api/dispatch/mission'
import { Button, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { measures, VitalChart } from './vital-chart.tsx'
import { dispatchWords } from './words.ts'

/** How the patient was on the way, as a chart and a table; the crew adds to it with a thumb. */
export function Vitals({ mission }: { mission: Mission }) {
  const t = useWords(dispatchWords)
  const may = useMay()
  const { institution } = useSession()
  const [adding, setAdding] = useState(false)
  const mine =
    may('dispatch.drive') &&
    institution?.id === mission.carrier?.id &&
    ['onScene', 'leftScene', 'arrived'].includes(mission.status)
  return (
    <Card
      title={t('vitals')}
      extra={
        mine && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('vitals.add')}
          </Button>
        )
      }
    >
      {mission.vitals.length === 0 ? (
        <p className="tm-quiet">{t('vitals.none')}</p>
      ) : (
        <VitalChart vitals={mission.vitals} />
      )}
      {adding && <AddVitals missionId={mission.id} onClose={() => setAdding(false)} />}
    </Card>
  )
}

type Typed = { [K in (typeof measures)[number]]: number | null } & {
  consciousness: Vital['consciousness']
}
const nothing: Typed = {
  heartRate: null,
  systolic: null,
  diastolic: null,
  spo2: null,
  breaths: null,
  temperature: null,
  glucose: null,
  consciousness: null,
}

function AddVitals({ missionId, onClose }: { missionId: string; onClose: () => void }) {
  const t = useWords(dispatchWords)
  const tell = useTell()
  const add = useWrite(missionApi.addVitals, {
    touches: [`mission:${missionId}`],
    onDone: () => {
      tell(t('vitals.added'))
      form.discard()
      onClose()
    },
  })
  const form = useForm<Typed>(`dispatch.vitals:${missionId}`, nothing, add.error)
  return (
    <Modal
      open
      title={t('vitals.add')}
      okText={t('vitals.save')}
      okButtonProps={{ disabled: Object.values(form.value).every((value) => value === null) }}
      confirmLoading={add.isPending}
      onOk={() => add.mutate({ params: { id: missionId }, body: form.value })}
      onCancel={onClose}
    >
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <Fields>
        {measures.map((key) => (
          <Field key={key} label={t(`vital.${key}`)} problem={form.problem(key)}>
            {(id) => (
              <InputNumber
                id={id}
                inputMode="decimal"
                style={{ width: '100%' }}
                value={form.value[key]}
                onChange={(next) => form.set(key, next)}
              />
            )}
          </Field>
        ))}
        <Field label={t('vital.consciousness')}>
          {(id) => (
            <Select
              id={id}
              allowClear
              value={form.value.consciousness}
              options={consciousness.options.map((value) => ({
                value,
                label: t(`consciousness.${value}`),
              }))}
              onChange={(next) => form.set('consciousness', next ?? null)}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
