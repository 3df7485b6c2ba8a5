import PlatformMessages
import Testing

@Suite("What is wrong with a catalogue in the national envelope")
struct NationalDefectTests {
    private func defects(_ changes: (String, String)...) -> [String] {
        var text = NationalExample.text
        for (old, new) in changes { text = text.replacing(old, with: new) }
        do {
            _ = try PlatformCatalogue(parsing: text, file: "x.json")
            return []
        } catch {
            return error.defects.map(\.description)
        }
    }

    @Test(
        "is said with the message, the field and the reason",
        arguments: [
            (#""from": "operation""#, #""constant": "x""#, "x.json: wire: no field of the envelope gives operation"),
            (#""from": "message-id""#, #""from": "message""#, "x.json: wire: no field of the envelope gives message-id"),
            (#""gateway": "x-tif""#, #""gateway": "csb""#, "x.json: wire: there is no gateway csb; there are x-tif"),
            (#""token": "/token""#, #""tokens": "/""#, "x.json: paths: has no path for token"),
            (#""operation": "T1", "#, "", "x.json: wire.token: operation is missing"),
            (#""names": ["accessToken", "access_token"], "#, "", "x.json: wire.token: needs the answer's names of the token"),
            (
                #""from": "sent-at", "type": "time", "format": "yyyy-MM-dd HH:mm:ss""#,
                #""from": "sent-at", "type": "time", "format": "HH""#,
                "x.json: wire.inf_time: there is no format HH; there are yyyyMMdd/HHmmss/, yyyy-MM-dd HH:mm:ss, yyyyMMddHHmmss"
            ),
            (
                #""at": "business", "means": "taken""#, #""at": "output", "means": "taken""#,
                "x.json: wire.token.codes: there is no at output; there are envelope, business, line"
            ),
            (
                #""from": "setting.division""#, #""from": "division""#,
                "x.json: wire.mdtrtarea_admvs: nothing is called division here"
            ),
            (
                #"{"field": "id", "from""#, #"{"field": "x", "constant": "1"}, {"field": "id", "from""#,
                "x.json: select-listings: list: a plain list needs one field"
            ),
            (#""input": "", "#, #""input": 1, "#, "x.json: report-stock: input is no text"),
            (
                #""businessCodes": ["returnCode", "return_code"]"#, #""businessCodes": [1]"#,
                "x.json: wire.answer: businessCodes is neither text nor a list of texts"
            ),
            (
                #""lacking": {"*": "it is an example"}"#, #""lacking": {}"#,
                "x.json: create-order: is neither described nor said to be lacking"
            ),
        ])
    func one(old: String, new: String, defect: String) {
        #expect(NationalExample.text.contains(old))
        let found = defects((old, new))
        #expect(found.contains(defect), "\(found)")
    }

    @Test("a message of a sort of its own says which, and is described as any other")
    func variants() throws {
        for (old, new, defect) in [
            (#""of": "purchase-kind""#, #""of": "sort""#, "x.json: create-order: variant: nothing is called sort here"),
            (#""is": "4","#, "", "x.json: create-order: variant: is is missing"),
            (#""operation": "NJHH017","#, "", "x.json: create-order: variant.message: operation is missing"),
        ] {
            let text = try Platforms.text("nanjing-drugs")
            try #require(text.contains(old))
            do {
                _ = try PlatformCatalogue(parsing: text.replacing(old, with: new, maxReplacements: 1), file: "x.json")
                Issue.record("\(new)")
            } catch {
                #expect(error.defects.map(\.description).contains(defect), "\(error)")
            }
        }
    }

    @Test("the example has none")
    func none() { #expect(defects().isEmpty) }

    @Test("a place or a plain list has no meaning on another wire")
    func otherWires() throws {
        func defects(_ platform: String, _ old: String, _ new: String) throws -> [String] {
            let text = try Platforms.text(platform)
            try #require(text.contains(old))
            do {
                _ = try PlatformCatalogue(parsing: text.replacing(old, with: new, maxReplacements: 1), file: "x.json")
                return []
            } catch {
                return error.defects.map(\.description)
            }
        }
        #expect(
            try defects("zhejiang-drugs", #""operation": "ZJ9653","#, #""operation": "ZJ9653", "input": "x","#)
                == ["x.json: create-order: input is for the national envelope only"])
        #expect(
            try defects("shanghai-drugs", #""each": "lines","#, #""each": "lines", "plain": true,"#).contains {
                $0.hasSuffix("a plain list is for JSON only")
            })
    }
}
