import Primitives
import Testing

@testable import PlatformMessages

@Suite("What cannot be told is said before it is sent")
struct UntellableTests {
    private func refusal(_ platform: String, _ fact: PlatformFact, _ account: PlatformAccount = Platforms.account) throws
        -> PlatformUntellable?
    {
        let dialect = try Platforms.catalogue(platform).dialect(for: account)
        do {
            _ = try dialect.request(telling: fact, stamped: Platforms.stamp)
            return nil
        } catch {
            return error
        }
    }

    private func order(_ change: (inout PlatformOrder) -> Void) -> PlatformOrder {
        var order = Told.draft
        change(&order)
        return order
    }

    @Test("with the platform's field and the reason")
    func fields() throws {
        let cases: [(String, PlatformFact, String, String)] = [
            ("zhejiang-drugs", .createOrder(order { $0.lines[1].product = "" }), "list[2].hospListId", "is missing"),
            ("zhejiang-drugs", .createOrder(order { $0.deliveryPoint = "" }), "addrId", "is missing"),
            ("zhejiang-drugs", .createOrder(order { $0.lines = [] }), "list", "is missing"),
            (
                "zhejiang-drugs", .createOrder(order { $0.lines[0].note = "a\u{7}" }), "list[1].planDetlMemo",
                "holds a control character"
            ),
            (
                "zhejiang-drugs", .createOrder(order { $0.lines[0].packs = .max }), "planSumamt", "is more than an amount can be"
            ),
            ("zhejiang-drugs", .createOrder(order { $0.lines[0].packs = -1 }), "list[1].purcCnt", "is less than none"),
            ("zhejiang-drugs", .sendOrder(Told.order), "purcCode", "is missing"),
            (
                "zhejiang-drugs",
                .changeOrder(
                    order {
                        $0.lines[0].packs = 0
                    }), "addorDelStas", "has lines that come and lines that leave; they are told one after the other"
            ),
            ("shanghai-drugs", .createOrder(order { $0.lines[1].purchaseKind = "" }), "STRUCT[2].CGLX", "is missing"),
            (
                "shanghai-drugs", .createOrder(order { $0.lines[0].purchaseKind = "12" }), "STRUCT[1].CGLX",
                "is longer than 1 characters"
            ),
            (
                "shanghai-drugs", .createOrder(order { $0.lines[0].supplier = String(repeating: "9", count: 21) }),
                "STRUCT[1].YQBM",
                "is longer than 20 characters"
            ),
            (
                "shanghai-drugs", .createOrder(order { $0.lines[0].note = "\u{FFFE}" }), "STRUCT[1].BZSM",
                "holds a control character"
            ),
        ]
        for (platform, fact, field, reason) in cases {
            #expect(try refusal(platform, fact) == PlatformUntellable(field: field, reason: reason))
        }
        #expect(
            try refusal("shanghai-drugs", .createOrder(order { $0.lines[0].supplier = String(repeating: "9", count: 20) })) == nil)
    }

    @Test("a delivery's line is taken all or none where the platform knows nothing else")
    func wholeLines() throws {
        var receipt = Told.receipt
        #expect(try refusal("shanghai-drugs", .acceptDelivery(receipt)) == nil)
        #expect(try refusal("shanghai-drugs", .acceptDelivery(Told.rejection)) == nil)
        receipt.packsAccepted = 11
        #expect(try refusal("shanghai-drugs", .acceptDelivery(receipt))?.field == "YSJG")
        for platform in Platforms.codes where platform != "shanghai-drugs" {
            #expect(try refusal(platform, .acceptDelivery(receipt)) == nil)
        }
        receipt.packsAccepted = 13
        for platform in Platforms.codes { #expect(try refusal(platform, .acceptDelivery(receipt)) != nil, "\(platform)") }
    }

    @Test("what a platform has no message for says why")
    func lacking() throws {
        for platform in Platforms.all {
            let catalogue = try Platforms.catalogue(platform)
            for kind in PlatformFactKind.allCases where !catalogue.tellable.contains(kind) {
                let reason = try #require(try refusal(platform, Told.fact(kind))).reason
                #expect(reason.hasPrefix("the platform has no message for \(kind.rawValue): ") && !reason.hasSuffix(": "))
            }
        }
    }

    @Test("an account without its secrets or its place tells nothing")
    func accounts() throws {
        var account = Platforms.account
        account.secrets = [:]
        #expect(try refusal("zhejiang-drugs", .sendOrder(Told.draft), account)?.field == "x-ca-signature")
        #expect(try refusal("shanghai-drugs", .sendOrder(Told.draft), account)?.field == "arg1")
        account = Platforms.account
        account.settings["user"] = nil
        #expect(try refusal("shanghai-consumables", .sendOrder(Told.draft), account)?.field == "sUser")
        account = Platforms.account
        account.settings["service-path"] = "elsewhere"
        #expect(try refusal("zhejiang-drugs", .sendOrder(Told.draft), account)?.reason.contains("slash") == true)
    }

    @Test("an account's own path and key stand in the place of the catalogue's")
    func ownPath() throws {
        var account = Platforms.account
        account.settings["service-path"] = "/own/path"
        account.settings["key"] = "own-key"
        let request = try Platforms.catalogue("zhejiang-drugs").dialect(for: account)
            .request(telling: .sendOrder(Told.draft), stamped: Platforms.stamp)
        #expect(request.path == "/own/path")
        #expect(request.headers.contains(.init("x-ca-key", "own-key")))
    }

    @Test("more lines than the platform bears")
    func tooManyLines() throws {
        func many(_ count: Int) -> PlatformFact {
            .createOrder(
                order { order in
                    order.lines = (1...count).map { number in
                        var line = Told.order.lines[0]
                        line.number = number
                        return line
                    }
                })
        }
        #expect(try refusal("shanghai-drugs", many(200)) == nil)
        #expect(try refusal("shanghai-drugs", many(201))?.reason == "has 201 lines; the platform takes 200")
    }

    @Test("two lines whose answers could not be told apart")
    func sameKeys() throws {
        let order = order { $0.lines[1].number = 1 }
        for platform in Platforms.codes {
            #expect(try refusal(platform, .createOrder(order))?.reason.hasPrefix("two of our lines have the same line-") == true)
        }
    }

    @Test("amounts have the decimals that a field takes, and are written exactly")
    func decimals() throws {
        let field = RequestField(
            name: "x", filling: .constant(""), type: .decimal(scale: 2), length: nil, isMandatory: false, standard: nil, words: [:])
        for (tenThousandths, text) in [(125_000, "12.50"), (-100, "-0.01"), (0, "0.00"), (1_234_567_800, "123456.78")]
            as [(Int64, String)]
        {
            #expect(try field.written(.money(Money(tenThousandths: tenThousandths))) == .number(text))
        }
        #expect(throws: FieldUnwritable.self) { try field.written(.money(Money(tenThousandths: 1))) }
    }
}
