/**
 * The page of Decree 30/2020/NĐ-CP, Phụ lục I, in Typst. It is one constant: words of people come in as JSON strings,
 * which stay text whatever they contain, and never as source.
 */
export const LAYOUT_SOURCE = `
#let doc = json("/print.json")
#let indent = 10mm

#set document(title: doc.title, date: auto, keywords: ("urn:nhat-tri:document:" + doc.id,))
#set text(font: "Tinos", size: 14pt, lang: "vi", region: "VN", fallback: false, hyphenate: false, ligatures: false, overhang: false)
#set par(justify: true, leading: 0.62em, spacing: 0.62em + 3pt, first-line-indent: (amount: indent, all: true))
#set smartquote(enabled: false)
#set page(
  paper: "a4",
  margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 20mm),
  header-ascent: 6mm,
  footer-descent: 5mm,
  header: context {
    let number = counter(page).get().first()
    if number > 1 { align(center, text(size: 13pt, str(number))) }
  },
  footer: context {
    if here().page() == query(<last-page>).first().location().page() {
      set text(size: 7pt)
      set par(justify: false, leading: 0.4em, first-line-indent: 0pt)
      block(above: 0pt, below: 3pt, line(length: 100%, stroke: 0.4pt))
      block(above: 0pt, doc.footer.map(it => [#it]).join(linebreak()))
    }
  },
)

#let styled(item) = {
  let body = [#item.text]
  if "bold" in item.marks { body = strong(body) }
  if "italic" in item.marks { body = text(style: "italic", body) }
  if "underline" in item.marks { body = underline(body) }
  body
}
#let runs(items) = items.map(styled).join()

#let flat(body) = {
  set par(first-line-indent: 0pt, justify: false, spacing: 0pt)
  body
}

// A rule as wide as a share of the text above it.
#let ruled(body, share, limit) = {
  block(above: 0.4em, below: 0pt, body)
  block(above: 4pt, below: 0pt, context line(length: calc.min(measure(body).width, limit) * share, stroke: 0.6pt))
}

#show heading: it => {
  set text(size: 14pt, weight: "bold")
  set par(first-line-indent: 0pt, spacing: 0pt)
  if it.level <= 4 and it.supplement != [line] {
    block(width: 100%, above: 14pt, below: 9pt, sticky: true, breakable: false, align(center, {
      set par(justify: false)
      it.body
    }))
  } else {
    block(width: 100%, above: 0.62em + 5pt, below: 0.62em + 3pt, sticky: true, { h(indent); it.body })
  }
}

#let head(item) = heading(level: item.depth, supplement: [head], {
  item.label
  if item.runs.len() > 0 { linebreak(); runs(item.runs) }
})

#let article(item) = heading(level: item.depth, supplement: [line], {
  item.label
  if item.runs.len() > 0 { [ ]; runs(item.runs) }
})

#let body-line(item) = {
  let line = par({
    if item.label != "" {
      if item.bold { strong(item.label) } else { item.label }
      [ ]
    }
    runs(item.runs)
  })
  // A bold line is a small heading: it goes to the next page with what it heads.
  if item.bold { block(sticky: true, line) } else { line }
}

#let cell(it) = table.cell(
  colspan: it.colspan,
  rowspan: it.rowspan,
  align: if it.align == "center" { center + horizon } else { left + horizon },
  {
    set text(weight: "bold") if it.header
    it.paragraphs.map(runs).join(linebreak())
  },
)

#let data-table(item) = {
  set text(size: item.size * 1pt)
  set par(first-line-indent: 0pt, justify: false, leading: 0.5em)
  block(above: 0.62em + 4pt, below: 0.62em + 6pt, table(
    columns: item.columns.map(width => width * 1fr),
    inset: (x: 4pt, y: 4.5pt),
    stroke: 0.5pt,
    ..if item.headerRows > 0 { (table.header(..item.cells.filter(it => it.inHeader).map(cell)),) },
    ..item.cells.filter(it => not it.inHeader).map(cell),
  ))
}

#let show-item(item) = {
  if item.kind == "head" { head(item) }
  else if item.kind == "article" { article(item) }
  else if item.kind == "basis" { par(text(style: "italic", runs(item.runs))) }
  else if item.kind == "note" { flat(align(center, block(below: 12pt, { set par(leading: 0.45em); text(style: "italic", runs(item.runs)) }))) }
  else if item.kind == "table" { data-table(item) }
  else { body-line(item) }
}

// Where a signature may stand: measured here, turned into a field of the file afterwards.
#let place-box(id, x, y, width, height) = place(top + left, dx: x, dy: y, box(
  width: width,
  height: height,
  context {
    let at = here().position()
    [#metadata((id: id, page: at.page, x: at.x.pt(), y: at.y.pt(), width: width.pt(), height: height.pt()))<sigbox>]
  },
))

#let signature-head(it) = flat(align(center, {
  set text(size: 13pt, weight: "bold")
  set par(leading: 0.45em)
  let lines = it.lines.map(line => [#line])
  if it.part != "" { lines.push(text(weight: "regular", style: "italic", "(" + it.part + ")")) }
  (lines + it.title.map(line => [#line])).join(linebreak())
}))

// The seal covers the left third of the person's signature (Decree 30, Phụ lục I, ô 8).
#let signature-space(it, width) = flat(align(center, {
  let left = (width - 66mm) / 2
  block(width: width, height: 38mm, above: 0pt, below: 1mm, {
    place-box(it.seal, left, 1mm, 36mm, 36mm)
    place-box(it.person, left + 21mm, 9mm, 45mm, 20mm)
  })
  text(size: 13pt, "." * 36)
}))

// Heads in one row and spaces in the next, so that the names of two agencies stand level.
#let signature-row(cells, width) = grid(
  columns: cells.map(it => width),
  row-gutter: 2mm,
  ..cells.map(signature-head),
  ..cells.map(it => signature-space(it, width)),
)

#let recipients = flat({
  text(size: 12pt, weight: "bold", style: "italic", "Nơi nhận:")
  set text(size: 11pt)
  set par(leading: 0.5em)
  for line in doc.signatures.recipients {
    linebreak()
    if not line.starts-with("-") { "- " }
    line
  }
})

#let signature-block = {
  let cells = doc.signatures.cells
  if doc.signatures.layout == "single" {
    block(above: 18pt, breakable: false, grid(
      columns: (74mm, 86mm),
      recipients,
      signature-row((cells.first(),), 86mm),
    ))
  } else {
    if doc.signatures.caption != "" {
      block(width: 100%, above: 18pt, below: 12pt, sticky: true, flat(align(center, strong(doc.signatures.caption))))
    }
    for row in cells.chunks(2) {
      block(width: 100%, breakable: false, above: 0pt, below: 12pt, align(center, signature-row(row, 80mm)))
    }
    if doc.signatures.recipients.len() > 0 { block(above: 6pt, breakable: false, recipients) }
  }
}

#pdf.attach("/document.json", relationship: "source", mime-type: "application/json", description: "Nguyên văn đã chốt (JSON)")

#flat(grid(
  columns: (66mm, 94mm),
  row-gutter: 7pt,
  align: center,
  {
    set par(leading: 0.4em)
    if doc.issuer.superior != "" { block(above: 0pt, below: 0pt, text(size: 12pt, doc.issuer.superior)) }
    ruled(text(size: 12pt, weight: "bold", doc.issuer.name), 0.42, 66mm)
  },
  {
    set par(leading: 0.4em)
    block(above: 0pt, below: 0pt, text(size: 12pt, weight: "bold", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    ruled(text(size: 13pt, weight: "bold", "Độc lập - Tự do - Hạnh phúc"), 1, 94mm)
  },
  text(size: 13pt, doc.number),
  text(size: 13pt, style: "italic", doc.placeDate),
))

#block(width: 100%, above: 20pt, below: 16pt, flat(align(center, {
  set text(weight: "bold")
  set par(leading: 0.5em)
  block(above: 0pt, below: 6pt, text(doc.heading))
  ruled(doc.subject, 0.42, 160mm)
})))

#doc.body.map(show-item).join()
#signature-block
#for items in doc.annexes {
  counter(page).update(0)
  pagebreak()
  items.map(show-item).join()
}
#metadata("end") <last-page>
`
