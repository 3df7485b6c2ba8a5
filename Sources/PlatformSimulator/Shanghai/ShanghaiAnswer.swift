import Primitives
import StrictXML

/// An answer in Shanghai's words: `HEAD` with the result, perhaps `MAIN`, and `STRUCT`s.
struct ShanghaiAnswer {
    typealias Fields = [(name: String, value: String)]

    /// `ZTCLJG`
    var code = "00000"
    /// `CWXX`
    var error = ""
    /// `BZXX`, as it was sent.
    var remark = ""
    var main: Fields?
    var lines: [Fields] = []

    func written(_ turn: inout Turn) -> FaceAnswer {
        var answer = self
        if answer.code.first == "0" || answer.code.first == "3", turn.meets(.wrongEnvelopeCode) {
            answer.code = "11002"
            answer.error = "平台内部错误"
        }
        if answer.lines.contains(where: { $0.contains { $0.name == "CLJG" } }), turn.meets(.wrongLineCodes) {
            answer.falsifyLines()
        }
        var parts = [
            Self.element(
                "HEAD",
                [
                    ("JSSJ", turn.clock.stroked), ("ZTCLJG", answer.code), ("CWXX", String(answer.error.prefix(200))),
                    ("BZXX", answer.remark),
                ])
        ]
        if let main = answer.main { parts.append(Self.element("MAIN", main)) }
        if !answer.lines.isEmpty {
            parts.append(XMLTree("DETAIL", elements: answer.lines.map { Self.element("STRUCT", $0) }))
        }
        let writer = XMLWriter(emptyElements: .single)
        return SoapCall.answer((try? writer.bytes(XMLTree("XMLDATA", elements: parts))) ?? [])
    }

    private static func element(_ name: XMLName, _ fields: Fields) -> XMLTree {
        XMLTree(name, elements: fields.map { XMLTree(XMLName($0.name), text: $0.value) })
    }

    private mutating func falsifyLines() {
        lines = lines.map { line in
            line.map { field in
                switch field.name {
                case "CLJG": (field.name, "13008")
                case "CLQKMS": (field.name, "商品编码未对应")
                default: field
                }
            }
        }
    }
}
