import Dispensing

import Primitives
import TestSupport
import Testing
import Web

@testable import Formulary

@Suite("Labels and sheets to be printed")
struct PrintRouteTests {
    @Test("a label and a sheet say who takes what how, from which batch, and that a pack was split; names can be masked")
    func printed() async throws {
        try await DispensingRouteTests().withWorld { world in
            let id = try await world.approved()
            let handed = try await world.send("/prescriptions/\(id)/dispensing", world.dispensing(), as: world.dispenser)
            let dispensing = try #require(handed.json["id"]?.string)
            for page in ["label", "sheet"] {
                let shown = try await world.web.get("/api/v1/dispensings/\(dispensing)/\(page)", as: world.dispenser)
                #expect(shown.status == 200 && shown.text.hasPrefix("<!DOCTYPE html>"))
                for words in [
                    "张三", "男", "36岁", "阿莫西林胶囊", "0.25g", "每次2片(0.5g)，每日3次", "2 tablets(0.5g), 3 times daily", "42片", "7 天",
                    "批号 B1", "有效期至 2027-09-17", "拆零 14片", "常温(10～30℃)保存", "FY-2026-000001", "1号药房", "keeper1",
                ] { #expect(shown.text.contains(words), "\(page): \(words)") }
                let masked = try await world.web.get(
                    "/api/v1/dispensings/\(dispensing)/\(page)?masked=true", as: world.dispenser)
                #expect(masked.text.contains("张*") && !masked.text.contains("张三"))
                #expect(
                    try await world.web.get("/api/v1/dispensings/\(dispensing)/\(page)", as: world.other.officer).code
                        == "dispensing.dispensing-unknown")
                #expect(
                    try await world.web.get("/api/v1/dispensings/\(dispensing)/\(page)", as: world.small.seller).code
                        == "http.forbidden-role")
            }
        }
    }

    @Test("a name is masked but for its ends", arguments: [("张三", "张*"), ("王小明", "王*明"), ("欧阳小明", "欧**明"), ("李", "*")])
    func masks(name: String, masked: String) {
        #expect(name.maskedName == masked)
    }

    @Test("cautions follow storage, light, control and splitting")
    func cautions() {
        for storage in StorageCondition.allCases {
            for control in SpecialControl.allCases {
                for (isLightProtected, isSplit) in [(true, true), (true, false), (false, true), (false, false)] {
                    let product = Product(
                        id: ProductID(1), code: "W1", kind: .western, genericName: "某药", englishName: "", dosageForm: "tablet",
                        strength: "1mg", baseUnit: "tablet", drugClass: "", reimbursement: .none, essential: false,
                        volumeBased: false, longPrescription: false, specialControl: control, storage: storage,
                        lightProtected: isLightProtected, diseaseGroups: [])
                    let words = DrugLabel.cautions(of: product, isSplit: isSplit).map(\.chinese)
                    let place: [StorageCondition: String] = [.room: "常温", .cool: "阴凉", .cold: "冷藏", .frozen: "冷冻"]
                    #expect(words[0].hasPrefix(place[storage] ?? "?"))
                    #expect(words.contains("避光保存") == isLightProtected)
                    #expect(words.contains { $0.contains("拆零") } == isSplit)
                    let isControlled = ![.none, .precursor].contains(control)
                    #expect(words.contains { $0.contains("特殊管理") } == isControlled)
                }
            }
        }
    }
}
