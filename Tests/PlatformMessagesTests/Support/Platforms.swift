import Foundation
import PlatformMessages
import Primitives
import TestSupport

/// The platforms as they are shipped, spoken to with accounts of tests.
enum Platforms {
    static let codes = ["zhejiang-drugs", "zhejiang-consumables", "shanghai-drugs", "shanghai-consumables"]

    static let national = ["nanjing-drugs", "nanjing-consumables"]
    static let all = codes + national
    /// Those that take stock and sales and no orders.
    static let stock = ["hainan-drugs", "hainan-consumables"]
    static let undescribed = ["fujian-drugs", "guangdong-drugs", "sichuan-drugs"]
    /// With the one that no province has.
    static let golden = all + stock + ["national-example"]

    static func text(_ code: String) throws -> String {
        let directory = code == "national-example" ? "Tests/PlatformMessagesTests/Answers" : "Catalogs/platforms"
        return try String(contentsOfFile: "\(repositoryRoot)/\(directory)/\(code).json", encoding: .utf8)
    }

    static func catalogue(_ code: String) throws -> PlatformCatalogue {
        try PlatformCatalogue(parsing: text(code), file: "\(code).json")
    }

    static func dialect(_ code: String) throws -> any PlatformDialect {
        try catalogue(code).dialect(for: account(at: code))
    }

    static func account(at code: String) -> PlatformAccount {
        guard !codes.contains(code) else { return account }
        var account = nationalAccount
        // Where a platform's paths are not known an account has them.
        account.settings["service-path"] = (national + stock).contains(code) ? "/service" : nil
        account.settings["token-path"] = (national + stock).contains(code) ? "/token" : nil
        return account
    }

    static let account = PlatformAccount(
        institution: "33010000001",
        settings: [
            "contact": "张三", "telephone": "0571-00000000", "invoice-title": "某某县医共体总医院", "user": "hospital", "ip": "10.0.0.1",
            "mac": "001122334455",
        ],
        secrets: ["secret": "s3cret-密钥", "app-code": "app", "auth-code": "auth", "password": "p&ss<word>"])

    /// An institution with a code of the insurer's.
    static let nationalAccount: PlatformAccount = {
        var account = Platforms.account
        account.institution = "H32010000001"
        account.settings["institution-name"] = "某某县医共体总医院"
        account.settings["division"] = "320100"
        account.settings["operator"] = "cgzx01"
        account.settings["operator-name"] = "采购中心"
        account.settings["software"] = "联药"
        account.settings["paas-id"] = "paas-1"
        account.secrets["gateway-token"] = "gateway-密钥"
        return account
    }()

    static let stamp = PlatformStamp(
        at: Instant(microseconds: 1_795_311_000_000_000), message: "m-000001", serial: 42, token: "tok-1")
}
