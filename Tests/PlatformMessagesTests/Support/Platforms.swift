import Foundation
import PlatformMessages
import Primitives
import TestSupport

/// The platforms as they are shipped, spoken to with accounts of tests.
enum Platforms {
    static let codes = ["zhejiang-drugs", "zhejiang-consumables", "shanghai-drugs", "shanghai-consumables"]

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

    static let stamp = PlatformStamp(at: Instant(microseconds: 1_795_311_000_000_000), message: "m-000001", token: "tok-1")
}
