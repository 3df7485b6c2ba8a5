import Foundation
import Primitives
import ShangMi
import Testing

@testable import PlatformMessages

@Suite("What the service hall is told")
struct HallRequestTests {
    private func untellable(_ prescription: PlatformPrescription, _ account: PlatformAccount = Hall.account) throws
        -> PlatformUntellable?
    {
        do {
            _ = try Hall.dialect(account).request(telling: .checkPrescription(prescription), stamped: Platforms.stamp)
            return nil
        } catch let error as PlatformUntellable {
            return error
        }
    }

    @Test("what is mandatory and not there, too long or not clean is said before anything is sent")
    func fields() throws {
        #expect(try untellable(Told.prescription) == nil)
        var lacking = Told.prescription
        lacking.root = PlatformNode(lacking.root.fields.filter { $0.name != "hospRxno" })
        #expect(try untellable(lacking) == PlatformUntellable(field: "hospRxno", reason: "is missing"))
        lacking = Told.prescription
        lacking.drugs[0] = PlatformNode(lacking.drugs[0].fields.filter { $0.name != "medListCodg" })
        #expect(try untellable(lacking)?.field == "rxdrugdetail[1].medListCodg")
        lacking.drugs = []
        #expect(try untellable(lacking)?.field == "rxdrugdetail")
        lacking = Told.prescription
        lacking.diagnoses[0].fields[0].value = "1234"
        #expect(try untellable(lacking) == PlatformUntellable(field: "diseinfo[1].diagType", reason: "is longer than 3 characters"))
        lacking.diagnoses[0].fields[0].value = "1\n"
        #expect(try untellable(lacking)?.reason == "holds a control character")
    }

    @Test("slices of herbs need no dose of their own")
    func slices() throws {
        var herbal = Told.prescription
        herbal.drugs[0] = PlatformNode(herbal.drugs[0].fields.filter { $0.name != "sinDoscnt" })
        #expect(try untellable(herbal)?.field == "rxdrugdetail[1].sinDoscnt")
        let index = try #require(herbal.drugs[0].fields.firstIndex { $0.name == "rxItemTypeCode" })
        herbal.drugs[0].fields[index].value = "13"
        #expect(try untellable(herbal) == nil)
    }

    @Test(
        "an account without its keys says nothing, and it is no prescription's fault",
        arguments: [
            "app-id", "app-secret", "private-key", "platform-key",
        ])
    func keys(name: String) throws {
        for broken in [nil, "?"] as [String?] {
            guard !(name == "app-secret" && broken != nil) else { continue }
            var account = Hall.account
            account.settings[name] = broken
            if name == "app-secret" || name == "private-key" { account.secrets[name] = broken }
            #expect(try untellable(Told.prescription, account)?.reason.contains("usable \(name)") == true)
            #expect(throws: PlatformUntellable.self) { try Hall.dialect(account).tokenRequest(stamped: Platforms.stamp) }
        }
        #expect(try Hall.dialect().tokenRequest(stamped: Platforms.stamp) == nil)
    }

    @Test("keys may be PEM, digits, or Base64 of the bare number")
    func forms() throws {
        let forms = [try Hall.own.pem(), Hall.own.scalar.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()]
        for form in forms + [Data([0] + Hall.own.scalar).base64EncodedString()] {
            var account = Hall.account
            account.secrets["private-key"] = form
            account.settings["platform-key"] = try Hall.platform.publicKey.pem()
            #expect(try untellable(Told.prescription, account) == nil)
        }
    }

    @Test("what is signed is uploaded to the byte")
    func signed() throws {
        let dialect = try Hall.dialect()
        let sign = try dialect.request(telling: .signPrescription(Told.checkedPrescription), stamped: Platforms.stamp)
        let original = try #require(try Hall.content(of: sign)["originalValue"]?.string)
        #expect(original == Told.original)
        let fields = try JSONValue(parsing: Answered.base64(.string(original)))
        #expect(fields.members.count == 20 && fields.members.map(\.name) == fields.members.map(\.name).sorted())
        #expect(fields["pharPracCertNo"] == "" && fields["rxTraceCode"] == "36042620261121000001")
        let upload = try Hall.content(
            of: dialect.request(telling: .uploadPrescription(Told.signedPrescription), stamped: Platforms.stamp))
        for member in fields.members where member.value != "" { #expect(upload[member.name] == member.value) }
        #expect(throws: PlatformUntellable.self) {
            try dialect.request(telling: .uploadPrescription(Told.checkedPrescription), stamped: Platforms.stamp)
        }
        #expect(throws: PlatformUntellable.self) {
            try dialect.request(telling: .signPrescription(Told.prescription), stamped: Platforms.stamp)
        }
    }

    @Test("what is kept shows neither who the patient is nor a secret", arguments: HallMap.factKinds)
    func shown(kind: PlatformFactKind) throws {
        let dialect = try Hall.dialect()
        let request = try dialect.request(telling: Told.fact(kind), stamped: Platforms.stamp)
        let answer = try Hall.answer(Hall.answers[kind.rawValue])
        for shown in [
            String(decoding: request.shownBody, as: UTF8.self), String(decoding: dialect.shown(answer.body), as: UTF8.self),
        ] {
            for hidden in ["张三", "110101199003070134", "110101197001010011", Hall.secret, "JVBERi0", Told.original] {
                #expect(!shown.contains(hidden), "\(hidden)")
            }
            for secret in Hall.account.secrets.values { #expect(!shown.contains(secret)) }
            #expect(!shown.contains("encData") && shown.contains("\"data\":{"))
        }
        #expect(!String(decoding: request.body, as: UTF8.self).contains("张三"))
        #expect(!"\(Hall.account)".contains(Hall.secret))
    }

    @Test(
        "an answer in clear, cut off or too large is kept without who the patient is",
        arguments: [
            (#"{"code":"-1","data":{"patnName":"张三","list":[{"certno":"110101199003070134"}]}}"#, #"{"code":"-1","data":{"#),
            (#"[{"psnName":"张三"}]"#, #"[{"psnName":"#),
            (#"{"code":"-1","data":{"certno":"110101199003070134","patnName":"张三"#, #"{"code":"-1","data":{"#),
            (#"{"patnName":"张三","x":"\#(String(repeating: "x", count: 8 << 20))"}"#, #"{"patnName":"#),
        ])
    func shownInClear(body: String, start: String) throws {
        let shown = String(decoding: try Hall.dialect().shown(Array(body.utf8)), as: UTF8.self)
        #expect(shown.hasPrefix(start), "\(shown.prefix(80))")
        #expect(!shown.contains("张三") && !shown.contains("110101199003070134"))
    }

    @Test("an answer that names nobody is kept to the byte")
    func shownAsItIs() throws {
        for body in [#"{ "code" : "-1", "message":"处方不存在" }"#, "<html>502</html>", ""] {
            #expect(try Hall.dialect().shown(Array(body.utf8)) == Array(body.utf8))
        }
    }
}
