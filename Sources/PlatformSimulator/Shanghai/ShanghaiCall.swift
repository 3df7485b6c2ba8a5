import StrictXML

/// Why Shanghai does not do what is asked: the message's result code and a text. Source of the codes: dictionaries 4.1.11 and
/// 4.1.12 as a public client restates them.
struct ShanghaiRefusal: Error {
    let code: String
    let text: String

    init(_ code: String, _ text: String) {
        self.code = code
        self.text = text
    }

    /// The XML is not in the defined format.
    static func format(_ text: String) -> ShanghaiRefusal { ShanghaiRefusal("11006", text) }
}

/// A message whose caller is known: `HEAD`, `MAIN`, `DETAIL` with `STRUCT`s.
struct ShanghaiCall {
    let institution: String
    let book: Int
    let options: ShanghaiOptions
    private let main: XMLTree?
    private let structs: [XMLTree]

    init(_ document: XMLTree, _ institution: String, book: Int, _ options: ShanghaiOptions) throws(ShanghaiRefusal) {
        self.institution = institution
        self.book = book
        self.options = options
        guard document.name == "XMLDATA" else { throw .format("根元素应为XMLDATA") }
        let parts = document.elements
        guard parts.count == Set(parts.map(\.name)).count, parts.allSatisfy({ ["HEAD", "MAIN", "DETAIL"].contains($0.name.local) })
        else { throw .format("XMLDATA下只有HEAD、MAIN、DETAIL各一个") }
        try Self.check(head: document.first("HEAD"))
        main = document.first("MAIN")
        structs = document.first("DETAIL")?.elements ?? []
        guard structs.allSatisfy({ $0.name == "STRUCT" }) else { throw .format("DETAIL下只有STRUCT") }
    }

    /// `IP` four numbers, `MAC` twelve hexadecimal digits without separators, `BZXX` at most 200 characters.
    private static func check(head: XMLTree?) throws(ShanghaiRefusal) {
        guard let head else { throw .format("缺少HEAD") }
        let fields = try ShanghaiFields(head, [.must("IP", 15), .must("MAC", 12), .may("BZXX", 200)])
        let numbers = fields["IP"].split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard numbers.count == 4, !numbers.contains(nil) else { throw .format("IP不是IP地址") }
        guard fields["MAC"].utf8.count == 12, UInt64(fields["MAC"], radix: 16) != nil else { throw .format("MAC应为12位十六进制") }
    }

    /// The fields of `MAIN`.
    func main(_ fields: [ShanghaiFields.Field]) throws(ShanghaiRefusal) -> ShanghaiFields {
        guard let main else { throw .format("缺少MAIN") }
        return try ShanghaiFields(main, fields)
    }

    /// The fields of each `STRUCT`.
    func lines(_ fields: [ShanghaiFields.Field]) throws(ShanghaiRefusal) -> [ShanghaiFields] {
        var lines: [ShanghaiFields] = []
        for line in structs { lines.append(try ShanghaiFields(line, fields)) }
        return lines
    }

    /// Refuses lines where none belong.
    func requireNoLines() throws(ShanghaiRefusal) {
        guard structs.isEmpty else { throw .format("不应有STRUCT") }
    }

    /// The caller's own code.
    func requireHospital(_ code: String) throws(ShanghaiRefusal) {
        guard code == institution else { throw ShanghaiRefusal("12002", "医院编码不存在") }
    }
}
