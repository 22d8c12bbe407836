import { contractApi } from '@tongmai/api/contract'
import type { BedIndicationRule } from '@tongmai/api/contract/bed-rule'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { contractWords } from './words.ts'

/** For what my community opens beds at home, each with its document; what nobody has confirmed is off. */
export function BedIndications({ onClose }: { onClose: () => void }) {
  const t = useWords(contractWords)
  const may = useMay()
  const read = useRead(contractApi.listBedIndications, {}, { live: ['contract'] })
  const [asked, setAsked] = useState<BedIndicationRule | null>(null)
  return (
    <Modal open width={820} title={t('bed.indication.set')} footer={null} onCancel={onClose}>
      <p className="tm-quiet">{t('bed.indication.note')}</p>
      <Loaded read={read} rows={6}>
        {(rules) => (
          <Table
            label={t('bed.indication.set')}
            rows={rules}
            keyOf={(rule) => rule.indication}
            columns={[
              {
                key: 'indication',
                title: t('bed.indication'),
                cell: (rule) => (
                  <>
                    {t(`bed.indication.${rule.indication}`)}
                    <div className="tm-quiet">{rule.criteria}</div>
                  </>
                ),
              },
              {
                key: 'state',
                title: t('status'),
                short: true,
                cell: ({ state }) => (
                  <StateTag tone={state === 'inForce' ? 'good' : 'wait'}>
                    {t(`bed.indication.${state}`)}
                  </StateTag>
                ),
              },
              { key: 'source', title: t('bed.indication.source'), cell: (rule) => rule.source ?? '—' },
              {
                key: 'act',
                title: '',
                align: 'right',
                cell: (rule) =>
                  may('contract.manage') && (
                    <Button size="small" type="text" onClick={() => setAsked(rule)}>
                      {t(rule.state === 'inForce' ? 'bed.indication.edit' : 'bed.indication.confirm')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {asked && <ConfirmDialog rule={asked} onClose={() => setAsked(null)} />}
    </Modal>
  )
}

function ConfirmDialog({ rule, onClose }: { rule: BedIndicationRule; onClose: () => void }) {
  const t = useWords(contractWords)
  const { now, day } = useDates()
  const [criteria, setCriteria] = useState(rule.criteria)
  const [source, setSource] = useState(rule.source ?? '')
  const [since, setSince] = useState<string | null>(day(now))
  const set = useWrite(contractApi.setBedIndication, { touches: ['contract'], onDone: onClose })
  const { indication } = rule
  const send = (state: BedIndicationRule['state']) =>
    since && set.mutate({ body: { indication, state, criteria, since, source } })
  const ready = since !== null && source.trim() !== ''
  const act = t(rule.state === 'inForce' ? 'bed.indication.edit' : 'bed.indication.confirm')
  return (
    <Modal
      open
      title={`${t(`bed.indication.${indication}`)} · ${act}`}
      onCancel={onClose}
      footer={
        <>
          {rule.state === 'inForce' && (
            <Button danger disabled={!ready} loading={set.isPending} onClick={() => send('toConfirm')}>
              {t('bed.indication.stop')}
            </Button>
          )}
          <Button type="primary" disabled={!ready} loading={set.isPending} onClick={() => send('inForce')}>
            {act}
          </Button>
        </>
      }
    >
      <RefusalNote refused={set.error} />
      <Fields>
        <Field label={t('bed.indication.source')} required wide>
          {(id) => (
            <Input
              id={id}
              maxLength={300}
              value={source}
              onChange={({ target }) => setSource(target.value)}
            />
          )}
        </Field>
        <Field label={t('bed.indication.criteria')} wide>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={2}
              maxLength={500}
              value={criteria}
              onChange={({ target }) => setCriteria(target.value)}
            />
          )}
        </Field>
        <Field label={t('bed.indication.since')} required>
          {(id) => <DayField id={id} value={since} onChange={setSince} />}
        </Field>
      </Fields>
    </Modal>
  )
}
