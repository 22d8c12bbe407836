import { missionApi } from '@tongmai/api/dispatch/mission'
import type { Plan } from '@tongmai/api/dispatch/plan'
import { Button, Modal } from 'antd'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { UrgencyTag } from './state.tsx'
import { dispatchWords } from './words.ts'

type Item = Plan['items'][number]

/** A vehicle for every mission that waits, found for all of them at once; the dispatcher confirms each. */
export function PlanDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(dispatchWords)
  const tell = useTell()
  const read = useRead(missionApi.plan, {}, { live: ['dispatch'] })
  const send = useWrite(missionApi.dispatch, {
    touches: ['dispatch'],
    onDone: () => tell(t('done.dispatch-plain')),
  })
  const columns: Column<Item>[] = [
    {
      key: 'number',
      title: t('number'),
      short: true,
      cell: ({ number, urgency }) => (
        <span className="tm-row">
          {number} <UrgencyTag urgency={urgency} />
        </span>
      ),
    },
    {
      key: 'vehicle',
      title: t('vehicle'),
      cell: ({ vehicle, minutes }) =>
        vehicle ? (
          <>
            {vehicle}{' '}
            <span className="tm-quiet">{t('plan.minutes', { minutes: Math.round(minutes ?? 0) })}</span>
          </>
        ) : (
          <span className="tm-quiet">{t('plan.no-vehicle')}</span>
        ),
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: ({ missionId, vehicleId }) =>
        vehicleId && (
          <Button
            size="small"
            type="primary"
            loading={send.isPending && send.variables.params.id === missionId}
            onClick={() => send.mutate({ params: { id: missionId }, body: { vehicleId } })}
          >
            {t('plan.send')}
          </Button>
        ),
    },
  ]
  return (
    <Modal open title={t('plan')} footer={null} width={720} onCancel={onClose}>
      <p className="tm-quiet">{t('plan.hint')}</p>
      <RefusalNote refused={send.error} />
      <Loaded read={read}>
        {({ items, weighted, greedyWeighted }) =>
          items.length === 0 ? (
            <Nothing title={t('plan.none')} />
          ) : (
            <>
              <Table label={t('plan')} columns={columns} rows={items} keyOf={(item) => item.missionId} />
              <p className="tm-quiet">
                {greedyWeighted > weighted
                  ? t('plan.better', { minutes: greedyWeighted - weighted })
                  : t('plan.same')}
              </p>
            </>
          )
        }
      </Loaded>
    </Modal>
  )
}
