import { WarningOutlined } from '@ant-design/icons'
import { recordApi } from '@tongmai/api/record'
import { useRead } from '../../kernel/use-read.ts'
import { labelWords } from './fact-words.ts'

/** In the banner of a resident: what they are allergic to, words first, colour beside them. */
export function BannerAllergies({ residentId }: { residentId: string }) {
  const { data = [] } = useRead(recordApi.listAllergies, { params: { id: residentId } })
  return data.map(({ id, label }) => (
    <span key={id} className="tm-tag tm-bad">
      <WarningOutlined /> {labelWords(label)}
    </span>
  ))
}
