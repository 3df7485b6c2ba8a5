import Foundation
import PlatformMessages
import Primitives
import TestSupport
import Testing

/// The platforms as they are shipped, spoken to with accounts of tests.
enum Platforms {
    static let codes = ["zhejiang-drugs", "shanghai-drugs"]

    static func text(_ code: String) throws -> String {
        try String(contentsOfFile: "\(repositoryRoot)/Catalogs/platforms/\(code).json", encoding: .utf8)
    }

    static func catalogue(_ code: String) throws -> PlatformCatalogue {
        try PlatformCatalogue(parsing: text(code), file: "\(code).json")
    }

    static func dialect(_ code: String) throws -> any PlatformDialect {
        try catalogue(code).dialect(for: account)
    }

    static let account = PlatformAccount(
        institution: "33010000001",
        settings: [
            "contact": "张三", "telephone": "0571-00000000", "invoice-title": "某某县医共体总医院", "user": "hospital", "ip": "10.0.0.1",
            "mac": "001122334455",
        ],
        secrets: ["secret": "s3cret-密钥", "app-code": "app", "auth-code": "auth", "password": "p&ss<word>"])

    /// 2026-11-22 09:30:00 in China.
    static let stamp = PlatformStamp(at: Instant(microseconds: 1_795_311_000_000_000), message: "m-000001", token: "tok-1")
}

/// Facts and questions as they are told in tests.
enum Told {
    static let order = PlatformOrder(
        number: "CG-2026-000001", deliveryPoint: "1001", latestArrival: CalendarDate("2026-12-05"),
        lines: [
            PlatformOrderLine(
                number: 1, product: "8800000001", supplier: "91330000000000001X", supplierName: "甲医药有限公司", packs: 12,
                packPrice: Money(tenThousandths: 125_000), purchaseKind: "1", note: "冷链 <2–8 ℃> & \"急\""),
            PlatformOrderLine(
                number: 2, product: "8800000002", supplier: "91330000000000002X", supplierName: "乙医药有限公司", packs: 3,
                packPrice: Money(tenThousandths: 375), purchaseKind: "4"),
        ])

    /// As the platform took it.
    static var draft: PlatformOrder {
        var order = order
        order.platformOrder = "20261122000000000001"
        order.lines[0].platformLine = "20261122000000000011"
        order.lines[1].platformLine = "20261122000000000012"
        return order
    }
}
