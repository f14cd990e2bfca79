// Sentences of run.json and compare.json in Chinese, by their form; what is not known stays as it is.
const kForms = [
  [/^terrain is synthetic.*$/, "地形为合成地形：形态合理，但并非真实"],
  [/^the radius of (\S+) km cuts the map: (\S+) % of its rim is still at or above (\S+) dBm; a larger calculation\.radius_km shows more$/, "计算半径 $1 km 截断了覆盖：边缘仍有 $2 % 不低于 $3 dBm；可增大 calculation.radius_km"],
  [/^(\S+) pixels \((\S+) %\): no terrain data$/, "$1 个像元（$2 %）：无地形数据"],
  [/^(\S+) % of the grid has no terrain data and is taken as sea \(terrain\.sea\.assume_sea_level\)$/, "$1 % 的网格无地形数据，按海域处理（terrain.sea.assume_sea_level）"],
  [/^beyond the calculation radius$/, "超出计算半径"],
  [/^ok$/, "已计算"],
  [/^ok, nearer than the model's shortest path: free space$/, "已计算；距离小于模型下限，按自由空间"],
  [/^no terrain data$/, "无地形数据"],
  [/^(\d+) cells? cannot have root sequences of (?:its|their) own.*$/, "$1 个小区无法获得独立的根序列（根序列不足）"],
  [/^range at (\S+) dBm over level land$/, "平坦陆地 $1 dBm 距离"],
  [/^range at (\S+) dBm over open sea$/, "开阔海面 $1 dBm 距离"],
  [/^range of service, (.+), over level land$/, "平坦陆地业务距离，$1"],
  [/^range of service, (.+), over open sea$/, "开阔海面业务距离，$1"],
  [/^covered area at (\S+) dBm, as a radius$/, "$1 dBm 覆盖面积（折算半径）"],
  [/^area with service, (.+), as a radius$/, "业务面积（折算半径），$1"],
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
