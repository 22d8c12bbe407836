import { contractApi } from '@tongmai/api/contract'
import type { GroupRuleShown } from '@tongmai/api/contract/panel'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { contractWords } from './words.ts'

/** By what residents belong to priority groups; what no source gives is off until it is confirmed. */
export function GroupRules() {
  const t = useWords(contractWords)
  const may = useMay()
  const read = useRead(contractApi.listGroupRules, {}, { live: ['contract'] })
  const [asking, setAsking] = useState<GroupRuleShown | null>(null)
  return (
    <Card title={t('rule.groups')} flush>
      <Loaded read={read} rows={6}>
        {(rules) => (
          <Table
            label={t('rule.groups')}
            rows={rules}
            keyOf={(rule) => [rule.group, rule.kind, rule.value, rule.since].join(' ')}
            columns={[
              { key: 'group', title: t('mine.group'), cell: (rule) => t(`group.${rule.group}`) },
              {
                key: 'by',
                title: t('rule.by'),
                cell: (rule) => t(`rule.${rule.kind}`, { value: rule.value }),
              },
              {
                key: 'state',
                title: t('status'),
                short: true,
                cell: ({ state }) => (
                  <StateTag tone={state === 'inForce' ? 'good' : 'wait'}>{t(`rule.${state}`)}</StateTag>
                ),
              },
              { key: 'source', title: t('rule.source'), cell: (rule) => rule.source },
              {
                key: 'act',
                title: '',
                align: 'right',
                cell: (rule) =>
                  may('contract.watch') && (
                    <Button size="small" type="text" onClick={() => setAsking(rule)}>
                      {t(rule.state === 'inForce' ? 'rule.stop' : 'rule.confirm')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {asking && <ConfirmDialog rule={asking} onClose={() => setAsking(null)} />}
    </Card>
  )
}

function ConfirmDialog({ rule, onClose }: { rule: GroupRuleShown; onClose: () => void }) {
  const t = useWords(contractWords)
  const [source, setSource] = useState('')
  const confirm = useWrite(contractApi.confirmGroupRule, { touches: ['contract'], onDone: onClose })
  const { group, kind, value, since } = rule
  const state = rule.state === 'inForce' ? 'toConfirm' : 'inForce'
  const title = t(state === 'inForce' ? 'rule.confirm' : 'rule.stop')
  return (
    <Modal
      open
      title={`${t(`group.${group}`)} · ${title}`}
      okText={title}
      okButtonProps={{ disabled: source.trim() === '' }}
      confirmLoading={confirm.isPending}
      onOk={() => confirm.mutate({ body: { group, kind, value, since, state, source } })}
      onCancel={onClose}
    >
      <RefusalNote refused={confirm.error} />
      <Field label={t('bed.fee.source')} required hint={rule.source}>
        {(id) => (
          <Input id={id} maxLength={300} value={source} onChange={({ target }) => setSource(target.value)} />
        )}
      </Field>
    </Modal>
  )
}
