import Crypto
import ShangMi
import StrictXML

/// A SOAP call with one XML document in a text: `XMLDATA` with `HEAD`, `MAIN` and `DETAIL/STRUCT`, signed with SHA-1; answered by
/// such a document with `ZTCLJG`, `CWXX` and our own `BZXX` in its `HEAD`.
struct SoapXMLWire: PlatformWire {
    static let soap = "http://schemas.xmlsoap.org/soap/envelope/"
    /// The name of the only list that a document has.
    static let lines = "STRUCT"

    let account: PlatformAccount
    let paths: [String: String]
    let map: SoapXMLMap

    var needsToken: Bool { false }
    var echo: NeutralName { .message }

    func request(_ message: WireMessage, stamped stamp: PlatformStamp) throws(PlatformUntellable) -> WireRequest {
        guard let user = account.settings["user"], !user.isEmpty else {
            throw PlatformUntellable(field: map.parameters[0], reason: "the account has no user")
        }
        guard let password = account.secrets["password"], !password.isEmpty else {
            throw PlatformUntellable(field: map.parameters[1], reason: "the account has no password")
        }
        let head = try ContentWriter(account: account).content(of: map.head, from: message.record)
        let path = try account.path("service", of: paths)
        do throws(XMLUnwritable) {
            let document = try self.document(head: head, holding: message.content)
            let behind = [account.institution, map.version, message.operation, signature(of: document), document]
            return WireRequest(
                path: path, headers: [.init("Content-Type", "text/xml; charset=utf-8"), .init("SOAPAction", "\"\"")],
                body: try call([user, password] + behind), shownBody: try call([user, PlatformRequest.mask] + behind))
        } catch {
            throw PlatformUntellable(field: error.path.dropFirst(2).joined(separator: "."), reason: "\(error)")
        }
    }

    /// The SOAP call with the values of its parameters.
    private func call(_ values: [String]) throws(XMLUnwritable) -> [UInt8] {
        let parameters = zip(map.parameters, values).map { XMLTree(XMLName($0), text: $1) }
        let call = XMLTree(XMLName(map.element, in: map.namespace), elements: parameters)
        let body = XMLTree(XMLName("Body", in: Self.soap), elements: [call])
        return try XMLWriter(prefixes: ["soap": Self.soap, "m": map.namespace])
            .bytes(XMLTree(XMLName("Envelope", in: Self.soap), elements: [body]))
    }

    private func document(head: WireContent, holding content: WireContent) throws(XMLUnwritable) -> String {
        var main = WireContent()
        var lines: [WireContent]?
        for member in content.members {
            if case .list(let list) = member.value { lines = list } else { main.members.append(member) }
        }
        var parts = [XMLTree("HEAD", elements: Self.elements(head)), XMLTree("MAIN", elements: Self.elements(main))]
        if let lines, !lines.isEmpty {
            parts.append(XMLTree("DETAIL", elements: lines.map { XMLTree("STRUCT", elements: Self.elements($0)) }))
        }
        // The declaration is spelled as the platform's own clients spell it.
        return try #"<?xml version="1.0" encoding="utf-8"?>"#
            + XMLWriter(declaration: false).text(XMLTree("XMLDATA", elements: parts))
    }

    /// What is absent is an empty element.
    private static func elements(_ content: WireContent) -> [XMLTree] {
        content.members.map { member in
            switch member.value {
            case .text(let text), .number(let text): XMLTree(XMLName(member.name), text: text)
            case .absent, .list, .plain, .object: XMLTree(XMLName(member.name))
            }
        }
    }

    private func signature(of document: String) -> String {
        let digest = Array(Insecure.SHA1.hash(data: Array(document.utf8)))
        return map.signature == .upper ? Hexadecimal.uppercase(digest) : Hexadecimal.lowercase(digest)
    }

    func next(after cursor: String?, in node: WireNode, rows: [WireNode], by paging: RowMap.Paging) throws(AnswerDefect) -> String?
    {
        let field: String
        switch paging {
        case .whole, .numbered, .untilEmpty: return nil
        case .lastRow(let name), .answer(let name): field = name
        }
        if let count = node.values["JLS"], Int(count) != rows.count {
            throw AnswerDefect("JLS says \(count) rows and there are \(rows.count)")
        }
        switch node.values["SFWJ"] {
        case "1": return nil
        case "0": break
        default: throw AnswerDefect("SFWJ says neither that it is the last page nor that it is not")
        }
        let next = if case .answer = paging { node.values[field] } else { rows.last?.values[field] }
        guard let next else { throw AnswerDefect("it is not the last page and no \(field) says where the next begins") }
        guard next != cursor else { throw AnswerDefect("the next page begins where this one did") }
        return next
    }
}
