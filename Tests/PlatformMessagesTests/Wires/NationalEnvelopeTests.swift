import Primitives
import Testing

@testable import PlatformMessages

@Suite("The national envelope")
struct NationalEnvelopeTests {
    private static let stock = PlatformFact.reportStock(Told.stock)
    private static let ours = "H32010000001202611220930000042"

    private func body(_ request: PlatformRequest?) -> String { request.map { String(decoding: $0.body, as: UTF8.self) } ?? "" }

    @Test("numbers a message by institution, second in China and serial")
    func messageIDs() {
        func number(_ institution: String, _ at: String, _ serial: Int) -> NeutralValue {
            MessageID.of(institution, PlatformStamp(at: Instant(at) ?? Platforms.stamp.at, message: "", serial: serial))
        }
        #expect(number("H35030200090", "2026-11-22T01:02:03Z", 7) == .text("H35030200090202611220902030007"))
        #expect(number("H35030200090", "2026-11-22T15:59:59.999Z", 9_999) == .text("H35030200090202611222359599999"))
        #expect(number("H35030200090", "2026-11-22T16:00:00Z", 0) == .text("H35030200090202611230000000000"))
        for institution in ["", "H3503020009", "H350302000901", "H3503020009一", "H3503020009 "] {
            #expect(
                number(institution, "2026-11-22T01:02:03Z", 7)
                    == .untellable("needs an institution's code of 12 letters and digits"))
        }
        for serial in [-1, 10_000] {
            #expect(number("H35030200090", "2026-11-22T01:02:03Z", serial) == .untellable("needs a serial of four digits"))
        }
        #expect(MessageID.isPlatforms("330100202611220930001234567890"))
        #expect(!MessageID.isPlatforms(Self.ours) && !MessageID.isPlatforms("33010020261122093000123456789"))
    }

    @Test("is put around a message, with the token beside it, whatever its node is called")
    func requests() throws {
        let dialect = try NationalExample.dialect()
        let envelope =
            #""msgid":"\#(Self.ours)","mdtrtarea_admvs":"320100","insuplc_admdvs":"320100","recer_sys_code":"SPD","dev_no":"","#
            + #""inf_time":"2026-11-22 09:30:00","fixmedins_code":"H32010000001","fixmedins_name":"某某县医共体总医院""#
        let stock = try dialect.request(telling: Self.stock, stamped: Platforms.stamp)
        #expect(
            body(stock) == #"{"infno":"3501A",\#(envelope),"input":{"invinfoDetail":[{"fixmedins_hilist_id":"YP0001"},"#
                + #"{"fixmedins_hilist_id":"YP0002"}],"access_token":"tok-1"}}"#)
        #expect(stock.path == "/service")
        let selection = try dialect.request(telling: .selectListings(Told.assortment), stamped: Platforms.stamp)
        #expect(
            body(selection) == #"{"infno":"N004",\#(envelope),"input":{"data":{"list":["GW1","GW2"]},"access_token":"tok-1"}}"#)
        let token = try dialect.tokenRequest(stamped: Platforms.stamp)
        #expect(body(token) == #"{"infno":"T1",\#(envelope),"input":{"data":{"app_code":"app"}}}"#)
        #expect(token?.path == "/token" && token?.operation == "T1")
        #expect(dialect.numbersMessages)
        #expect(try !Platforms.dialect("zhejiang-drugs").numbersMessages && !Platforms.dialect("shanghai-drugs").numbersMessages)
    }

    @Test("shows neither the token nor a secret in what is kept")
    func shown() throws {
        let dialect = try NationalExample.dialect()
        let requests = [
            try dialect.tokenRequest(stamped: Platforms.stamp), try dialect.request(telling: Self.stock, stamped: Platforms.stamp),
        ].compactMap { $0 }
        for request in requests {
            let shown = String(decoding: request.shownBody, as: UTF8.self)
            #expect(!shown.contains("tok-1") && !shown.contains(#""app""#) && shown.contains(#":"***""#))
            #expect(request.body != request.shownBody)
        }
    }

    @Test("names the institution that the fact is about, in the number as well")
    func otherInstitution() throws {
        let own = Record().of(PlatformInstitution(code: "H32010000009", name: "乡镇卫生院"))
        let record = own.stamped(Platforms.stamp, by: Platforms.nationalAccount)
        #expect(record[.institution] == .text("H32010000009") && record[.institutionName] == .text("乡镇卫生院"))
        #expect(record[.messageID] == .text("H32010000009202611220930000042"))
        let without = Record().of(nil).stamped(Platforms.stamp, by: Platforms.nationalAccount)
        #expect(without[.institution] == .text("H32010000001") && without[.messageID] == .text(Self.ours))
    }

    @Test("cannot be put around a message without a token, or of an institution without a code of twelve")
    func untellable() throws {
        var stamp = Platforms.stamp
        stamp.token = nil
        let dialect = try NationalExample.dialect()
        #expect(throws: PlatformUntellable(reason: "an access token is needed")) {
            try dialect.request(telling: Self.stock, stamped: stamp)
        }
        #expect(throws: PlatformUntellable(field: "msgid", reason: "needs an institution's code of 12 letters and digits")) {
            try NationalExample.catalogue().dialect(for: Platforms.account).request(telling: Self.stock, stamped: Platforms.stamp)
        }
        var account = Platforms.nationalAccount
        for (name, field) in [("paas-id", "x-tif-paasid"), ("institution-name", "fixmedins_name"), ("division", "mdtrtarea_admvs")]
        {
            account = Platforms.nationalAccount
            account.settings[name] = nil
            #expect {
                try NationalExample.catalogue().dialect(for: account).request(telling: Self.stock, stamped: Platforms.stamp)
            } throws: {
                ($0 as? PlatformUntellable)?.field == field
            }
        }
    }

    @Test("goes through an x-tif gateway with its signature")
    func gateway() throws {
        #expect(
            NationalEnvelopeWire.gatewaySignature("1700000000", "TOKEN", "nonce1")
                == "90dc20a66409e3a1b9cadb8c6d930fc56eb9d9e05f73f29827f62185a37061ce")
        let request = try NationalExample.dialect().request(telling: Self.stock, stamped: Platforms.stamp)
        let signature = NationalEnvelopeWire.gatewaySignature("1795311000", "gateway-密钥", "m-000001")
        #expect(
            request.headers == [
                .init("Content-Type", "application/json;charset=utf-8"), .init("x-tif-paasid", "paas-1"),
                .init("x-tif-timestamp", "1795311000"), .init("x-tif-nonce", "m-000001"), .init("x-tif-signature", signature),
            ])
        let without = try NationalExample.dialect((",\n   \"gateway\": \"x-tif\"", ""))
        #expect(try without.request(telling: Self.stock, stamped: Platforms.stamp).headers.count == 1)
    }
}
