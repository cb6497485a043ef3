import type { DocumentView } from '../../shared/documents/api.ts'
import { printedDate } from './printedDate.ts'

/** The head of a Decree 30 page from the document record. Always Vietnamese: it is part of the text. */
export function PageHead({ document }: { document: DocumentView }) {
  const { issuer, number, place, date, title } = document
  return (
    <header className="page-head" lang="vi">
      <div className="page-head-columns">
        <div>
          <div>{issuer.superior}</div>
          <div className="page-bold">{issuer.name}</div>
          <div className="page-rule page-rule-short" />
          <div className="page-number">Số: {number ?? '……/……'}</div>
        </div>
        <div>
          <div className="page-bold page-one-line">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</div>
          <div className="page-motto">
            <div className="page-bold">Độc lập - Tự do - Hạnh phúc</div>
            <div className="page-rule" />
          </div>
          <div className="page-date">{printedDate(place, date)}</div>
        </div>
      </div>
      <h1 className="page-title">
        {title}
        <div className="page-rule page-rule-short" />
      </h1>
    </header>
  )
}
