// Sentences of run.json and compare.json in Chinese, by their form; what is not known stays as it is.
const kForms = [
  [/^terrain is synthetic.*$/, "地形为合成地形：形态合理，但并非真实"],
  [/^the radius of (\S+) km cuts the map: (\S+) % of its rim is still at or above (\S+) dBm; a larger calculation\.radius_km shows more$/, "计算半径 $1 km 截断了覆盖：边缘仍有 $2 % 不低于 $3 dBm；可增大 calculation.radius_km"],
  [/^(\d+) pixels \((\S+) %\): (.+)$/, (_, pixels, share, why) => `${pixels} 个像元（${share} %）：${inChinese(why)}`],
  [/^(\S+) % of the grid has no terrain data and is taken as sea \(terrain\.sea\.assume_sea_level\)$/, "$1 % 的网格无地形数据，按海域处理（terrain.sea.assume_sea_level）"],
  [/^beyond the calculation radius$/, "超出计算半径"],
  [/^ok$/, "已计算"],
  [/^ok, nearer than the model's shortest path: free space$/, "已计算；距离小于模型下限，按自由空间"],
  [/^no terrain data on the path$/, "路径上无地形数据"],
  [/^value, but not every cell in reach could be evaluated$/, "有数值，但范围内并非所有小区都能计算"],
  [/^out of model range: (.+) above (\S+)$/, "超出模型适用范围：$1 大于 $2"],
  [/^out of model range: (.+) below (\S+)$/, "超出模型适用范围：$1 小于 $2"],
  [/^(\d+) cells? cannot have root sequences of (?:its|their) own.*$/, "$1 个小区无法获得独立的根序列（根序列不足）"],
  [/^(\S+) and (\S+) share (\d+) roots? at (\S+) km; (\S+) km needed: (.+)$/, (_, a, b, roots, at, needed, hears) => `${a} 与 ${b} 相距 ${at} km，共用 ${roots} 个根序列；需相距 ${needed} km：${inChinese(hears)}`],
  [/^each may hear the other's terminals$/, "双方都可能收到对方终端的前导"],
  [/^(\S+) may hear (\S+)'s terminals$/, "$1 可能收到 $2 终端的前导"],
  [/^… and (\d+) more pairs that share root sequences$/, "…… 另有 $1 对小区共用根序列"],
  [/^under a duct the downlink of (\S+) enters the uplink of (\S+) \((\S+) km; clear to (\S+) km\) by (\S+) us$/, "大气波导下，$1 的下行落入 $2 的上行 $5 µs（相距 $3 km；$4 km 以内无此干扰）"],
  [/^… and (\d+) more pairs of TDD cells under a duct$/, "…… 另有 $1 对 TDD 小区在波导下相互干扰"],
  [/^route (\S+): (\S+) of (\S+) km lie outside the analysis area and are not judged$/, "线路 $1：全长 $3 km 中有 $2 km 在分析区域之外，未评估"],
  [/^area (\S+): (\S+) % of it lie outside the analysis area and are not judged$/, "区域 $1：有 $2 % 在分析区域之外，未评估"],
  [/^points (\S+): (\d+) of (\d+) lie outside the analysis area and are not judged$/, "点位 $1：$3 个中有 $2 个在分析区域之外，未评估"],
  [/^zones (\S+): no judged pixel lies (\S+) to (\S+) km from shore$/, "离岸分区 $1：$2–$3 km 内没有已评估的像元"],
  [/^zones (\S+): (\S+) % of the map's sea (\S+) to (\S+) km from shore lie beyond every cell's radius.*$/, "离岸分区 $1：图中 $3–$4 km 海域有 $2 % 超出所有小区的计算半径，未评估；可增大 calculation.radius_km 或改用 area.bounding_box"],
  [/^(\d+) fields? of the cache (?:was|were) damaged and computed anew: (.*)$/, "缓存中有 $1 个场已损坏，已重新计算：$2"],
  [/^(\d+) fields? (?:was|were) not kept in the cache: (.*)$/, "有 $1 个场未写入缓存：$2"],
  [/^(.+) was run by another build of yonder \((.*)\) than (.+) \((.*)\)$/, "$1 由另一版本的 yonder（$2）计算，而 $3 为 $4"],
  [/^(.+) and (.+) have no layer in common.*$/, "$1 与 $2 没有共同图层，无法绘制差异图（service.layers: rsrp, class；outputs.layers: rsrp）"],
  [/^(.+) and (.+) have maps of other grids.*$/, "$1 与 $2 的网格不同：仅比较指标，不比较图层；相同的 area.bounding_box 与 pixel_m 可使其可比"],
  [/^range at (\S+) dBm over level land$/, "平坦陆地 $1 dBm 距离"],
  [/^range at (\S+) dBm over open sea$/, "开阔海面 $1 dBm 距离"],
  [/^range of service, (.+), over level land$/, "平坦陆地业务距离，$1"],
  [/^range of service, (.+), over open sea$/, "开阔海面业务距离，$1"],
  [/^covered area at (\S+) dBm, as a site's radius$/, "$1 dBm 覆盖面积（折算每站半径）"],
  [/^area with service, (.+), as a site's radius$/, "业务面积（折算每站半径），$1"],
  [/^longest stretch with service on (.+), (.+)$/, "$1 最长连续业务里程，$2"],
  [/^length with service on (.+), (.+)$/, "$1 业务总里程，$2"],
  [/^there is no link budget:(.*)$/, "无链路预算：$1"],
];

export function inChinese(text) {
  for (const [form, chinese] of kForms) {
    if (form.test(text)) return text.replace(form, chinese);
  }
  return text;
}
