import Crypto
import Foundation
import PlatformSimulator
import ShangMi
import StrictXML
import Testing

extension Office {
    static let head = "<HEAD><IP>10.1.2.3</IP><MAC>0A1B2C3D4E5F</MAC><BZXX>a remark</BZXX></HEAD>"

    static func sha1(_ text: String) -> String { Hexadecimal.uppercase(Insecure.SHA1.hash(data: Array(text.utf8))) }

    static func document(_ main: String, _ lines: [String] = []) -> String {
        let detail = lines.isEmpty ? "" : "<DETAIL>" + lines.map { "<STRUCT>\($0)</STRUCT>" }.joined() + "</DETAIL>"
        return #"<?xml version="1.0" encoding="utf-8"?><XMLDATA>\#(head)<MAIN>\#(main)</MAIN>\#(detail)</XMLDATA>"#
    }

    /// A call with everything as it is given.
    static func call(
        _ type: String, _ document: String, user: String, password: String, institution: String, version: String = "1.0.0.0",
        signature: String? = nil
    ) -> String {
        let values = [user, password, institution, version, type, signature ?? sha1(document)]
        let arguments = values.enumerated().map { "<arg\($0)>\($1)</arg\($0)>" }.joined()
        return """
            <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" \
            xmlns:main="http://main.service.local.wondersgroup.com/"><soapenv:Header/><soapenv:Body><main:sendRecv>\
            \(arguments)<arg6><![CDATA[\(document)]]></arg6></main:sendRecv></soapenv:Body></soapenv:Envelope>
            """
    }

    func sendShanghai(_ call: String) {
        wire.post(
            "/shanghai-drugs/ysxt-ws/service/mainservice", ["Content-Type: text/xml;charset=UTF-8", #"SOAPAction: """#], call)
    }

    /// The message in an answer.
    static func message(_ answer: Wire.Answer) throws -> XMLTree {
        let body = try #require(try XMLReader().read(answer.body).elements.first)
        let response = try #require(body.first(XMLName("sendRecvResponse", in: "http://main.service.local.wondersgroup.com/")))
        return try XMLReader().read(try #require(response.first("return")).text)
    }

    func shanghai(_ type: String, _ main: String, _ lines: [String] = []) throws -> XMLTree {
        sendShanghai(
            Self.call(
                type, Self.document(main, lines), user: account.user, password: account.secret, institution: account.institution))
        return try Self.message(try #require(wire.answer()))
    }

    static func line(
        _ number: Int, product: String = "XN0001", supplier: String = "QY01", packs: String = "10", price: String = "12.5",
        kind: String = "1"
    ) -> String {
        """
        <SXH>\(number)</SXH><CGLX>\(kind)</CGLX><SPLX>1</SPLX><ZXSPBM>\(product)</ZXSPBM><GGBZ></GGBZ><CGJLDW>1</CGJLDW>\
        <CGSL>\(packs)</CGSL><CGDJ>\(price)</CGDJ><YQBM>\(supplier)</YQBM><DCPSBS>0</DCPSBS><BZSM/>
        """
    }

    static func orderMain(_ plan: String, lines: Int, action: Int = 1, number: String = "", through: String = "") -> String {
        """
        <CZLX>\(action)</CZLX><YYBM>H330001</YYBM><PSDBM>PSD01</PSDBM><DDLX>1</DDLX><DDBH>\(number)</DDBH><YYJHDH>\(plan)</YYJHDH>\
        <ZWDHRQ>\(through)</ZWDHRQ><JLS>\(lines)</JLS>
        """
    }

    /// Fills an order with so many equal lines and gives its number.
    func fill(_ plan: String, lines: Int = 1, through: String = "", packs: String = "10") throws -> String {
        let answer = try shanghai(
            "YY009", Self.orderMain(plan, lines: lines, through: through), (1...lines).map { Self.line($0, packs: packs) })
        #expect(answer.result == "00000", "\(answer)")
        return try #require(answer.at("MAIN", "DDBH")).text
    }

    func confirm(_ order: String, lines: Int = 1) throws -> XMLTree {
        try shanghai(
            "YY010",
            "<YYBM>H330001</YYBM><PSDBM>PSD01</PSDBM><DDLX>1</DDLX><DDBH>\(order)</DDBH><SPSL>\(lines)</SPSL>")
    }
}

extension XMLTree {
    var result: String { at("HEAD", "ZTCLJG")?.text ?? "" }
    var structs: [XMLTree] { first("DETAIL")?.all("STRUCT") ?? [] }

    func value(_ name: String) -> String { first(XMLName(name))?.text ?? "" }
}

extension [XMLTree] {
    /// The values of one element in every row.
    func column(_ name: String) -> [String] { map { $0.value(name) } }
}
