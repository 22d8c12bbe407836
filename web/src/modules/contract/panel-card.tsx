import { EditOutlined } from '@ant-design/icons'
import { contractApi } from '@tongmai/api/contract'
import type { PanelDoctor } from '@tongmai/api/contract/book'
import { Button, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { contractWords } from './words.ts'

interface PanelCardProps {
  readonly chosen: string | undefined
  readonly onChoose: (doctorId: string | undefined) => void
}

/** The doctors of my teams with the size of their panels; pressing one filters the list. */
export function PanelCard({ chosen, onChoose }: PanelCardProps) {
  const t = useWords(contractWords)
  const may = useMay()
  const [editing, setEditing] = useState<PanelDoctor | null>(null)
  const doctors = useRead(contractApi.listPanels, {}, { live: ['contract'] }).data ?? []
  if (doctors.length === 0) return null
  return (
    <fieldset className="tm-tally" style={{ flexWrap: 'wrap' }}>
      <legend className="tm-hidden">{t('panel')}</legend>
      {doctors.map((one) => (
        <span key={`${one.teamId} ${one.doctorId}`} className="tm-row">
          <button
            type="button"
            aria-pressed={chosen === one.doctorId}
            data-bad={one.held >= one.limit}
            onClick={() => onChoose(chosen === one.doctorId ? undefined : one.doctorId)}
          >
            {one.doctor} <b>{t('panel.held', { held: one.held, limit: one.limit })}</b>
          </button>
          {may('contract.manage') && (
            <Button
              type="text"
              size="small"
              icon={<EditOutlined />}
              aria-label={`${t('panel.set')} ${one.doctor}`}
              onClick={() => setEditing(one)}
            />
          )}
        </span>
      ))}
      {editing && <LimitDialog doctor={editing} onClose={() => setEditing(null)} />}
    </fieldset>
  )
}

function LimitDialog({ doctor, onClose }: { doctor: PanelDoctor; onClose: () => void }) {
  const t = useWords(contractWords)
  const [limit, setLimit] = useState<number | null>(doctor.limit)
  const set = useWrite(contractApi.setPanelLimit, { touches: ['contract'], onDone: onClose })
  return (
    <Modal
      open
      title={`${t('panel.set')}：${doctor.doctor}`}
      okText={t('panel.set')}
      confirmLoading={set.isPending}
      onOk={() => set.mutate({ params: { id: doctor.doctorId }, body: { limit } })}
      onCancel={onClose}
    >
      <RefusalNote refused={set.error} />
      <Field label={t('panel.limit')} hint={t('panel.by-rule')}>
        {(id) => <InputNumber id={id} min={0} max={10_000} precision={0} value={limit} onChange={setLimit} />}
      </Field>
    </Modal>
  )
}
