import PlatformMessages
import Primitives
import Testing

@Suite("What is wrong with a catalogue")
struct CatalogueDefectTests {
    /// The defects of a catalogue in which a text has been replaced.
    private func defects(_ platform: String, _ old: String, _ new: String) throws -> [String] {
        let text = try Platforms.text(platform)
        try #require(text.contains(old), "\(old)")
        do {
            _ = try PlatformCatalogue(parsing: text.replacing(old, with: new, maxReplacements: 1), file: "x.json")
            return []
        } catch {
            return error.defects.map(\.description)
        }
    }

    @Test(
        "is said with the message, the field and the reason",
        arguments: [
            (
                #""from": "order-amount""#, #""from": "order-amont""#,
                "x.json: create-order: planSumamt: nothing is called order-amont here"
            ),
            (#""from": "order-amount""#, #""from": "batch""#, "x.json: create-order: planSumamt: nothing is called batch here"),
            (
                #""type": "decimal", "scale": 4, "mandatory": true}"#, #""type": "float", "mandatory": true}"#,
                "x.json: create-order: planSumamt: there is no type float; there are text, integer, decimal, day"
            ),
            (
                #""field": "chkStas", "constant": "2""#, #""field": "addrId", "constant": "2""#,
                "x.json: create-order: addrId: stands twice in request"
            ),
            (
                #""constant": "2", "type""#, #""constant": "2", "from": "institution", "type""#,
                "x.json: create-order: chkStas: needs one of from, constant, each and inside"
            ),
            (#""each": "lines""#, #""each": "rows""#, "x.json: create-order: list: there is no list rows here"),
            (
                #""from": "line-key""#, #""from": "line-kay""#,
                "x.json: create-order: list.hospPurcDetlId: nothing is called line-kay here"
            ),
            (
                #""to": "line-key""#, #""to": "line-kay""#,
                "x.json: create-order: lines.hospPurcDetlId: nothing is called line-kay here"
            ),
            (#", "key": true"#, "", "x.json: create-order: lines: needs one field that is the key"),
            (#""bindsNobody": true"#, #""bindsNoone": true"#, "x.json: create-order: nothing is called bindsNoone here"),
            (#""bindsNobody": true"#, #""bindsNobody": "yes""#, "x.json: create-order: bindsNobody is neither true nor false"),
            (
                #""refused": "singly""#, #""refused": "often""#,
                "x.json: create-order: lines: there is no refused often; there are singly, whole"
            ),
            (#""ask": "order-lines""#, #""ask": "order-limes""#, "x.json: send-order: recovery: there is no question order-limes"),
            (
                #""ask": "order-lines""#, #""ask": "statement""#,
                "x.json: send-order: recovery: asks statement, which is not described"
            ),
            (#""send-order": {"#, #""send-orders": {"#, "x.json: send-orders: there is no such kind among facts"),
            (#""send-order": {"#, #""send-orders": {"#, "x.json: send-order: is neither described nor said to be lacking"),
            (
                #""confirm-return": "the"#, #""send-order": "none", "confirm-return": "the"#,
                "x.json: send-order: is described and lacking"
            ),
            (#""confirm-return": "the"#, #""confirm-returns": "the"#, "x.json: confirm-returns: there is no such kind"),
            (#""is": "delivered""#, #""is": "arrived""#, "x.json: order-lines: states: there is no is arrived"),
            (#""means": "token-invalid""#, #""means": "token""#, "x.json: codes.envelope: there is no means token"),
            (#""means": "taken"}"#, #""meaning": "taken"}"#, "x.json: codes.envelope: nothing is called meaning here"),
            (
                #""format": "yyyy-MM-dd""#, #""format": "yy-MM-dd""#,
                "x.json: delivery-lines: rows.expyEndtime: there is no format yy-MM-dd"
            ),
            (
                #""dialect": "signed-json""#, #""dialect": "json""#,
                "x.json: there is no dialect json; there are signed-json, soap-xml"
            ),
            (#""code": "zhejiang-drugs","#, "", "x.json: code is missing"),
            (#""specSource""#, #""source""#, "x.json: specSource is missing"),
            (#""service": "#, #""services": "#, "x.json: paths: has no path for service"),
            (#""token": "/"#, #""tokens": "/"#, "x.json: paths: has no path for token"),
            (#""linesMost": 200"#, #""linesMost": -1"#, "x.json: limits: linesMost is no whole number from 0 to 1000000"),
            (
                #""to": "delivery-line", "mandatory": true"#, #""to": "note", "mandatory": true"#,
                "x.json: delivery-lines: rows: no field gives delivery-line"
            ),
        ])
    func one(old: String, new: String, defect: String) throws {
        let found = try defects("zhejiang-drugs", old, new)
        #expect(found.contains { $0.hasPrefix(defect) }, "\(found)")
    }

    @Test("of the other dialect")
    func soap() throws {
        #expect(try defects("shanghai-drugs", #""arg6""#, #""arg6", "arg7""#).contains("x.json: wire: needs seven parameters"))
        #expect(
            try defects("shanghai-drugs", #""signature": "upper""#, #""signature": "middle""#).contains {
                $0.hasPrefix("x.json: wire: there is no signature middle")
            })
    }

    @Test("all of it at once")
    func all() throws {
        let text = try Platforms.text("zhejiang-drugs").replacing(#""from": "institution""#, with: #""from": "instituion""#)
        #expect {
            _ = try PlatformCatalogue(parsing: text, file: "x.json")
        } throws: {
            ($0 as? PlatformCatalogueDefects).map {
                $0.defects.count > 15 && $0.description.split(separator: "\n").count == $0.defects.count
            } ?? false
        }
    }

    @Test(
        "is said of a file that is no catalogue at all",
        arguments: ["", "{", "[]", "null", "{}", "{\"facts\": 1, \"questions\": [], \"wire\": 2}"])
    func noCatalogue(text: String) {
        #expect(throws: PlatformCatalogueDefects.self) { try PlatformCatalogue(parsing: text, file: "x.json") }
    }
}
