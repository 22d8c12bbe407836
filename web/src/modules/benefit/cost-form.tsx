import { benefitApi } from '@tongmai/api/benefit'
import { careKind, insuranceScheme, insuredCategory } from '@tongmai/api/benefit/rule'
import { Checkbox, InputNumber, Segmented, Select } from 'antd'
import { To } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import type { AskedCost } from './asked-cost.ts'
import { DestinationChoice } from './destination-choice.tsx'
import { benefitWords } from './words.ts'

interface Props {
  readonly asked: AskedCost
  readonly onChange: (change: Partial<AskedCost>) => void
}

/** Whose cost, of what, and where. */
export function CostForm({ asked, onChange }: Props) {
  const t = useWords(benefitWords)
  const groups = useRead(benefitApi.listDiagnosisGroups, { query: { limit: 200 } })
  return (
    <>
      {!asked.resident && <Category asked={asked} onChange={onChange} />}
      <Fields columns={3}>
        <Field label={t('kind')}>
          {() => (
            <Segmented
              value={asked.kind}
              onChange={(kind) => onChange({ kind })}
              options={careKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('diagnosis')} hint={t('diagnosis-hint')}>
          {(id) => (
            <Select
              id={id}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              value={asked.diagnosis}
              onChange={(diagnosis) => onChange({ diagnosis })}
              options={(groups.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))}
            />
          )}
        </Field>
        <Field label={t('total')} hint={t('total-hint')}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              precision={2}
              style={{ width: '100%' }}
              value={asked.total ?? null}
              onChange={(total) => onChange({ total: total ?? undefined })}
            />
          )}
        </Field>
        <Field label={t('contracted')}>
          {(id) => (
            <Select
              id={id}
              allowClear
              placeholder={t(asked.resident ? 'contracted-recorded' : 'contracted.false')}
              value={asked.contracted}
              onChange={(contracted) => onChange({ contracted })}
              options={[
                { value: true, label: t('contracted.true') },
                { value: false, label: t('contracted.false') },
              ]}
            />
          )}
        </Field>
        <Field label={t('destinations')} hint={t('destinations-hint')} wide>
          {(id) => <DestinationChoice id={id} value={asked.to} onChange={(to) => onChange({ to })} />}
        </Field>
      </Fields>
      <p className="tm-row">
        <Checkbox checked={asked.referred} onChange={({ target }) => onChange({ referred: target.checked })}>
          {t('referred')}
        </Checkbox>
        <Checkbox checked={asked.critical} onChange={({ target }) => onChange({ critical: target.checked })}>
          {t('critical')}
        </Checkbox>
      </p>
    </>
  )
}

/** Without a resident: the insurance as somebody says it. */
function Category({ asked, onChange }: Props) {
  const t = useWords(benefitWords)
  const areas = useRead(benefitApi.listAreas, { query: { limit: 200 } })
  return (
    <>
      <p className="tm-quiet">
        {t('whose-hint')} <To to="/residents">{t('find-resident')}</To>
      </p>
      <Fields columns={3}>
        <Field label={t('area')} required>
          {(id) => (
            <Select
              id={id}
              showSearch={{ optionFilterProp: 'label' }}
              value={asked.area}
              onChange={(area) => onChange({ area })}
              options={(areas.data?.items ?? []).map(({ area, standing }) => ({
                value: area,
                label: standing === 'local' ? area : `${area}（${t(`standing.${standing}`)}）`,
              }))}
            />
          )}
        </Field>
        <Field label={t('scheme')} required>
          {(id) => (
            <Select
              id={id}
              value={asked.scheme}
              onChange={(scheme) => onChange({ scheme })}
              options={insuranceScheme.options
                .filter((one) => one !== 'any')
                .map((value) => ({ value, label: t(`scheme.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('category')} required>
          {(id) => (
            <Select
              id={id}
              value={asked.category}
              onChange={(category) => onChange({ category })}
              options={insuredCategory.options
                .filter((one) => one !== 'any')
                .map((value) => ({ value, label: t(`category.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('age')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              max={130}
              style={{ width: '100%' }}
              value={asked.age ?? null}
              onChange={(age) => onChange({ age: age ?? undefined })}
            />
          )}
        </Field>
      </Fields>
    </>
  )
}
